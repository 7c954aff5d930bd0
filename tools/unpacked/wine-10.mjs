// SPDX-License-Identifier: MIT
// @ts-check
// Debian 13's Wine 10, for 64-bit and 32-bit Windows programs.

import { closeSync, copyFileSync, openSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianRoot, debianRootFolder } from './debian-root.mjs';

export const debiansWine = '10.0~repack-6';

/** Where mingw-w64's zlib is, and where Wine looks for it, by architecture. */
const zlibs = [
  ['x86_64-w64-mingw32', 'x86_64-linux-gnu/wine/x86_64-windows'],
  ['i686-w64-mingw32', 'i386-linux-gnu/wine/i386-windows'],
];

/**
 * Wine's DLLs import zlib1.dll, which Wine takes for its own only with this mark. Debian's script copies
 * it.
 * @param {string} root
 */
function addZlib(root) {
  for (const [mingw = '', wine = ''] of zlibs) {
    const copy = join(root, 'usr', 'lib', wine, 'zlib1.dll');
    copyFileSync(join(root, 'usr', mingw, 'lib', 'zlib1.dll'), copy);
    const file = openSync(copy, 'r+');
    writeSync(file, 'Wine builtin DLL\0', 64, 'latin1');
    closeSync(file);
  }
}

/**
 * Gives Wine's programs their usual names, which Debian's scripts have update-alternatives do.
 * @param {string} root
 */
export function nameWine(root) {
  for (const name of ['wine', 'wineserver']) {
    symlinkSync(`${name}-stable`, join(root, 'usr', 'bin', name));
  }
}

/** @type {import('../setup/step.mjs').Step} */
export const wine10 = debianRoot({
  name: 'wine-10',
  what: 'Downloading and unpacking Wine 10 …',
  wanted: {
    release: 'trixie',
    architectures: ['amd64', 'i386'],
    packages: ['wine', 'wine64', 'wine32:i386', 'libwine', 'libwine:i386'].map(
      (name) => `${name}=${debiansWine}`,
    ),
  },
  files: [fileURLToPath(import.meta.url)],
  mend: (root) => {
    addZlib(root);
    nameWine(root);
  },
});

export const wine10Folder = debianRootFolder('wine-10');
