// SPDX-License-Identifier: MIT
// @ts-check
// The Debian packages: Wine and the compilers.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installed, NotHere, runBeside, ToolError } from '../command.mjs';

/** Debian's wine is a wrapper that needs the loader in wine64; other builds include a loader. */
function hasWineLoader() {
  const isDebians = existsSync('/usr/bin/wine-stable');
  return isDebians ? existsSync('/usr/lib/wine/wine64') : installed('wine');
}

const idlFolders = ['/usr/include/wine/wine/windows', '/usr/include/wine/windows'];

/** @typedef {[name: string, isThere: () => boolean][]} Packages */

/** @type {Packages} */
const needed = [
  ['wine', () => installed('wine') && installed('wineserver')],
  ['wine64', hasWineLoader],
  ['g++-mingw-w64-x86-64-posix', () => installed('x86_64-w64-mingw32-g++-posix')],
  ['g++-mingw-w64-i686-posix', () => installed('i686-w64-mingw32-g++-posix')],
  ['mingw-w64-tools', () => installed('x86_64-w64-mingw32-widl')],
  // What the stand-in's IDL imports.
  ['libwine-dev', () => idlFolders.some((folder) => existsSync(`${folder}/unknwn.idl`))],
  ['cmake', () => installed('cmake')],
  ['make', () => installed('make')],
  ['g++', () => installed('g++')],
];

/** What the checks against the Windows SDK need in addition. @type {Packages} */
const neededForSdk = [
  ['clang-14', () => installed('clang++-14')],
  ['clang-tidy-14', () => installed('clang-tidy-14')],
  ['libc++-14-dev', () => existsSync('/usr/lib/llvm-14/include/c++/v1')],
];

/** The prefix with which a command runs as root: nothing, sudo, or null if it cannot. */
function becomeRoot() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? ['sudo', '-n']
    : null;
}

export function hasClang() {
  return missingDebianPackages(neededForSdk).length === 0;
}

export async function installClang() {
  try {
    await installDebianPackages(neededForSdk);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new NotHere(`npm run check:sdk needs clang 14, which Debian 12 has.\n${message}`);
  }
}

/** @param {Packages} [packages] */
export function missingDebianPackages(packages = needed) {
  return packages.filter(([, isThere]) => !isThere()).map(([name]) => name);
}

/**
 * Puts off the end of this process until a command has ended: without its reader, apt-get would leave
 * packages half installed.
 * @param {() => Promise<unknown>} body
 */
async function undisturbed(body) {
  let asked = false;
  const putOff = () => {
    asked = true;
  };
  process.on('SIGTERM', putOff);
  try {
    await body();
  } finally {
    process.off('SIGTERM', putOff);
    if (asked) process.kill(process.pid, 'SIGTERM');
  }
}

/** @param {Packages} [packages] */
export async function installDebianPackages(packages = needed) {
  const missing = missingDebianPackages(packages);
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  const before = installed('apt-get') ? becomeRoot() : null;
  if (before === null) {
    throw new ToolError(
      `Missing Debian packages: ${missing.join(' ')} (install them with: sudo ${install.join(' ')})`,
    );
  }
  console.error(`Installing Debian packages: ${missing.join(' ')} …`);
  const quietly = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  for (const args of [['update'], install.slice(1)]) {
    const [command, ...rest] = [...quietly, '-qq', '-o', 'DPkg::Lock::Timeout=300', ...args];
    await undisturbed(() => runBeside(/** @type {string} */ (command), rest));
  }
}
