// SPDX-License-Identifier: MIT
// @ts-check
// Debian 13's Wine 10 for ARM64, with the emulator that runs it elsewhere.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianRoot, debianRootFolder } from './debian-root.mjs';
import { emulator } from './emulator.mjs';
import { debiansWine, nameWine } from './wine-10.mjs';

/**
 * Removes the emulators of other processors, which take as much room as all the rest.
 * @param {string} root
 */
function removeOthers(root) {
  const bin = join(root, 'usr', 'bin');
  for (const name of readdirSync(bin)) {
    if (name.startsWith('qemu-') && name !== emulator) rmSync(join(bin, name));
  }
}

/** @type {import('../setup/step.mjs').Step} */
export const wineArm64 = debianRoot({
  name: 'wine-arm64',
  what: 'Downloading and unpacking Wine 10 for ARM64 …',
  wanted: {
    release: 'trixie',
    architectures: ['arm64', 'amd64'],
    packages: [
      ...['wine', 'wine64', 'libwine'].map((name) => `${name}=${debiansWine}`),
      'qemu-user:amd64',
    ],
  },
  files: ['wine-arm64.mjs', 'wine-10.mjs'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  ),
  mend: (root) => {
    nameWine(root);
    removeOthers(root);
  },
});

export const wineArm64Folder = debianRootFolder('wine-arm64');
