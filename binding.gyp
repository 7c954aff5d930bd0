# SPDX-License-Identifier: MIT
# Builds the addon with MSVC, for node-gyp and prebuildify. native/CMakeLists.txt builds the same
# sources with mingw-w64.
{
  'variables': {
    # Turned on through GYP_DEFINES: CI's tests treat warnings as errors; releases use the runtime
    # libraries with Spectre mitigations, an optional part of Visual Studio.
    'dosvc_werror%': 'false',
    'dosvc_spectre%': 'false',
  },
  'targets': [
    {
      'target_name': 'dosvc',
      'conditions': [
        ['OS != "win"', {
          'type': 'none',
        }, {
          # Both builds share one list of sources. The command uses no other quotes than these,
          # because it must be the same for cmd.exe and sh.
          'sources': [
            "<!@(node -p \"'native/' + Object.values(require('./native/sources.json')).flat().join(' native/')\")",
          ],
          'include_dirs': [
            'native',
            "<!(node -p \"require('node-addon-api').include_dir\")",
          ],
          'defines': [
            'NAPI_VERSION=8',
            'NAPI_DISABLE_CPP_EXCEPTIONS',
            'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
            "DOSVC_VERSION=\"<!(node -p \"require('./package.json').version\")\"",
            'UNICODE',
            '_UNICODE',
            'NOMINMAX',
            'WIN32_LEAN_AND_MEAN',
            '_WIN32_WINNT=0x0A00',
            '_HAS_EXCEPTIONS=1',
          ],
          'defines!': ['_HAS_EXCEPTIONS=0'],
          'libraries': ['-lole32.lib', '-loleaut32.lib', '-ladvapi32.lib'],
          'msvs_settings': {
            'VCCLCompilerTool': {
              # The standard library throws C++ exceptions. JavaScript errors never become C++
              # exceptions.
              'ExceptionHandling': 1,
              'LanguageStandard': 'stdcpp17',
              'WarningLevel': 4,
              # The Node whose headers are used adds the standard that it was built with. Removing
              # it leaves the one above.
              'AdditionalOptions!': ['-std:c++17', '-std:c++20'],
              'AdditionalOptions': [
                '/Brepro',
                '/guard:cf',
                '/permissive-',
                '/sdl',
                '/utf-8',
                '/Zc:__cplusplus',
                '/ZH:SHA_256',
                # Warnings cover our own headers only.
                '/external:anglebrackets',
                '/external:I"<(module_root_dir)/node_modules/node-addon-api"',
                '/external:W0',
              ],
            },
            'VCLinkerTool': {
              'AdditionalOptions': [
                '/Brepro',
                # The addon's imports are searched for in System32 only.
                '/DEPENDENTLOADFLAG:0x800',
                '/DYNAMICBASE',
                '/guard:cf',
                '/NXCOMPAT',
              ],
            },
          },
          # Node's settings are in its configurations, which override the target's, so these are set
          # per configuration.
          'configurations': {
            'Debug': {
              'msvs_settings': {
                'VCCLCompilerTool': {
                  'RuntimeLibrary': 1,  # /MTd
                  'RuntimeTypeInfo': 'true',
                },
              },
            },
            'Release': {
              'defines': ['NDEBUG'],
              'msvs_settings': {
                'VCCLCompilerTool': {
                  'RuntimeLibrary': 0,  # /MT
                  'RuntimeTypeInfo': 'true',
                },
              },
            },
          },
          'conditions': [
            ['target_arch == "x64"', {
              'msvs_settings': {
                'VCLinkerTool': {'AdditionalOptions': ['/CETCOMPAT']},
              },
            }],
            ['dosvc_werror == "true"', {
              'msvs_settings': {
                'VCCLCompilerTool': {'WarnAsError': 'true'},
              },
            }],
            ['dosvc_spectre == "true"', {
              'msvs_configuration_attributes': {'SpectreMitigation': 'Spectre'},
            }],
          ],
        }],
      ],
    },
  ],
}
