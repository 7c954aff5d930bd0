// SPDX-License-Identifier: MIT
// @ts-check
// Builds the native targets: with MSVC on Windows (node-gyp), with mingw-w64 elsewhere (cmake-js); on
// Linux also the addon with the fake engine, plain and under the sanitizers.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { onWindows, root } from '../clone.mjs';
import { run } from '../command.mjs';
import { inputs } from './files.mjs';

/** @typedef {import('../setup/step.mjs').Step} Step */

const jobs = String(availableParallelism());
/** Zig, which compiles for ARM64, would keep the libraries that it has compiled in the user's home. */
const env = { ...process.env, ZIG_GLOBAL_CACHE_DIR: join(root, 'build', 'zig') };
const manifests = ['package.json', 'package-lock.json', 'tools/build/native.mjs'];

/**
 * Removes a CMake cache that was created in another folder, or whose sources have moved: in a clone
 * that was copied or moved, CMake would keep building in that folder, and it refuses new sources.
 * @param {string} folder that CMake builds in
 */
export function dropForeignCache(folder) {
  const cache = join(folder, 'CMakeCache.txt');
  if (!existsSync(cache)) return;
  const text = readFileSync(cache, 'utf8');
  const [, madeIn] = /^CMAKE_CACHEFILE_DIR:INTERNAL=(.*)$/m.exec(text) ?? [];
  const [, madeFrom] = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(text) ?? [];
  const moved = !madeIn || !existsSync(madeIn) || realpathSync(madeIn) !== realpathSync(folder);
  const emptied = !madeFrom || !existsSync(join(madeFrom, 'CMakeLists.txt'));
  if (moved || emptied) rmSync(folder, { recursive: true });
}

/**
 * Compiles several sources at a time, because most of a compilation is reading the same headers and
 * instantiating their templates. If sources do not go together, says so and compiles each by itself,
 * which also reports errors as they are. `npm run check:sdk` verifies that each source of
 * native/sources.json compiles by itself.
 * @param {string} folder below the clone
 * @param {string} directory of the CMakeLists.txt
 * @param {Record<string, string>} definitions
 */
function cmake(folder, directory, definitions) {
  const build = (/** @type {'ON' | 'OFF'} */ together) => {
    const all = { ...definitions, CMAKE_UNITY_BUILD: together };
    const args = [
      join(root, 'node_modules', 'cmake-js', 'bin', 'cmake-js'),
      ...['compile', '--directory', directory, '--out', folder, '--generator', 'Unix Makefiles'],
      ...['--parallel', jobs, '--log-level', 'warn'],
      ...Object.entries(all).map(([name, value]) => `--CD${name}=${value}`),
    ];
    run(process.execPath, args, { env });
  };
  dropForeignCache(join(root, folder));
  try {
    build('ON');
  } catch {
    console.error(`${folder}: the sources did not compile together; compiling each by itself …`);
    build('OFF');
  }
}

/** @param {string} arch */
function toolchain(arch) {
  return { CMAKE_TOOLCHAIN_FILE: join(root, 'native', 'mingw', `${arch}.cmake`) };
}

/**
 * The addon for Windows with mingw-w64.
 * @param {string} arch
 * @returns {Step}
 */
export function withMingw(arch) {
  const folder = `build/win32-${arch}`;
  return {
    what: `Building the addon for Windows ${arch} …`,
    folder: join(root, folder),
    files: inputs('native', ...manifests),
    make: () => {
      cmake(folder, 'native', toolchain(arch));
      deliver(join(root, folder, 'dosvc.node'), arch);
    },
  };
}

/**
 * The addon for Windows with MSVC.
 * @param {string} arch
 * @returns {Step}
 */
export function withMsvc(arch) {
  return {
    what: `Building the addon for Windows ${arch} …`,
    folder: join(root, 'build', 'Release'),
    files: inputs('native', 'binding.gyp', ...manifests),
    make: () => {
      const gyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
      run(process.execPath, [gyp, 'rebuild', `--arch=${arch}`]);
      deliver(join(root, 'build', 'Release', 'dosvc.node'), arch);
    },
  };
}

/**
 * The addon with the fake engine.
 * @param {string} folder below build/
 * @param {string} sanitizers
 * @returns {Step}
 */
export function onFake(folder, sanitizers) {
  return {
    what: `Building the addon with the fake engine${sanitizers && ` (${sanitizers})`} …`,
    folder: join(root, 'build', folder),
    files: inputs('native', 'test/fake', ...manifests),
    make: () => {
      cmake(`build/${folder}`, 'native', { DOSVC_SANITIZE: sanitizers });
    },
  };
}

/**
 * A native part of the tests or the benchmark; its CMakeLists.txt sets the output folder.
 * @param {string} what
 * @param {string} source the folder of its CMakeLists.txt
 * @param {string} folder below build/
 * @param {'x64' | 'ia32' | 'arm64'} [arch]
 * @returns {Step}
 */
export function companion(what, source, folder, arch = 'x64') {
  const built = join(root, 'build', folder);
  const compiler = onWindows
    ? ['-A', arch === 'arm64' ? 'ARM64' : 'x64']
    : [
        '-G',
        'Unix Makefiles',
        '-D',
        `CMAKE_TOOLCHAIN_FILE=${toolchain(arch).CMAKE_TOOLCHAIN_FILE}`,
      ];
  return {
    what: `Building ${what} …`,
    folder: built,
    files: inputs('native', source, ...manifests),
    make: () => {
      dropForeignCache(built);
      const place = ['-S', join(root, source), '-B', built];
      run('cmake', [...place, '-D', 'CMAKE_BUILD_TYPE=Release', ...compiler], { env });
      run('cmake', ['--build', built, '--config', 'Release', '--parallel', jobs], { env });
    },
  };
}

/**
 * Replaces the whole file at once: a process may be loading or packing the previous one.
 * @param {string} binary
 * @param {string} arch
 */
function deliver(binary, arch) {
  const place = join(root, 'prebuilds', `win32-${arch}`);
  mkdirSync(place, { recursive: true });
  const target = join(place, 'dosvc.node');
  copyFileSync(binary, `${target}.new`);
  renameSync(`${target}.new`, target);
}
