// SPDX-License-Identifier: MIT
// @ts-check
// The native targets: with MSVC on Windows (node-gyp), with mingw-w64 elsewhere (cmake-js); on Linux
// also the addon on its fake engine, plain and under the sanitizers.

import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { onWindows, root } from '../clone.mjs';
import { run } from '../command.mjs';
import { inputs } from './files.mjs';

/** @typedef {import('../setup/step.mjs').Step} Step */

const jobs = String(availableParallelism());
const manifests = ['package.json', 'package-lock.json', 'tools/build/native.mjs'];

/**
 * In a clone that was copied or moved, CMake would go on building where its cache was made.
 * @param {string} folder that CMake builds in
 */
export function dropForeignCache(folder) {
  const cache = join(folder, 'CMakeCache.txt');
  if (!existsSync(cache)) return;
  const [, madeIn] = /^CMAKE_CACHEFILE_DIR:INTERNAL=(.*)$/m.exec(readFileSync(cache, 'utf8')) ?? [];
  const moved = !madeIn || !existsSync(madeIn) || realpathSync(madeIn) !== realpathSync(folder);
  if (moved) rmSync(folder, { recursive: true });
}

/**
 * @param {string} folder below the clone
 * @param {string} directory of the CMakeLists.txt
 * @param {Record<string, string>} definitions
 */
function cmake(folder, directory, definitions) {
  dropForeignCache(join(root, folder));
  run(process.execPath, [
    join(root, 'node_modules', 'cmake-js', 'bin', 'cmake-js'),
    ...['compile', '--directory', directory, '--out', folder, '--generator', 'Unix Makefiles'],
    ...['--parallel', jobs, '--log-level', 'warn'],
    ...Object.entries(definitions).map(([name, value]) => `--CD${name}=${value}`),
  ]);
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
 * The addon on the fake engine.
 * @param {string} folder below build/
 * @param {string} sanitizers
 * @returns {Step}
 */
export function onFake(folder, sanitizers) {
  return {
    what: `Building the addon on its fake engine${sanitizers && ` (${sanitizers})`} …`,
    folder: join(root, 'build', folder),
    files: inputs('native', 'test/fake', ...manifests),
    make: () => {
      cmake(`build/${folder}`, 'native', { DOSVC_SANITIZE: sanitizers });
    },
  };
}

/**
 * A native part of the tests or the benchmark, for Windows x64; its CMakeLists.txt says where it goes.
 * @param {string} what
 * @param {string} source the folder of its CMakeLists.txt
 * @param {string} folder below build/
 * @returns {Step}
 */
export function companion(what, source, folder) {
  const built = join(root, 'build', folder);
  const compiler = onWindows
    ? ['-A', 'x64']
    : [
        '-G',
        'Unix Makefiles',
        '-D',
        `CMAKE_TOOLCHAIN_FILE=${toolchain('x64').CMAKE_TOOLCHAIN_FILE}`,
      ];
  return {
    what: `Building ${what} …`,
    folder: built,
    files: inputs('native', source, ...manifests),
    make: () => {
      dropForeignCache(built);
      const place = ['-S', join(root, source), '-B', built];
      run('cmake', [...place, '-D', 'CMAKE_BUILD_TYPE=Release', ...compiler]);
      run('cmake', ['--build', built, '--config', 'Release', '--parallel', jobs]);
    },
  };
}

/**
 * @param {string} binary
 * @param {string} arch
 */
function deliver(binary, arch) {
  const place = join(root, 'prebuilds', `win32-${arch}`);
  mkdirSync(place, { recursive: true });
  copyFileSync(binary, join(place, 'dosvc.node'));
}
