// SPDX-License-Identifier: MIT
// @ts-check
// Runs the programs of an unpacked Debian for ARM64 in an emulator. Linux starts the emulator for each of
// them, which it knows by the beginning of their files. It is told so in the user namespace of enter.mjs
// alone, which needs Linux 6.7: before, binfmt_misc was one for the whole machine.

import { join } from 'node:path';
import { failureInNamespaces, whyNotEntered } from './enter.mjs';

/** The program's name in /usr/bin. */
export const emulator = 'qemu-aarch64';

const magic = String.raw`\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00`;
/** Leaves out the system's name, and whether the file is a program or a shared object. */
const mask = String.raw`\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff`;

/** O, C: opens the program for the emulator, with its rights; F: keeps the emulator, whatever the root is. */
const flags = 'OCF';

const folder = '/proc/sys/fs/binfmt_misc';
const mount = ['mount', '-t', 'binfmt_misc', 'binfmt_misc', folder];

const script = `
set -e
emulator=$1; shift
${mount.join(' ')}
printf %s ':arm64:M::${magic}:${mask}:'"$emulator"':${flags}' >${folder}/register
exec "$@"`;

/**
 * The command that prepares the namespaces.
 * @param {string} root the folder of the unpacked Debian, which contains the emulator
 */
export function emulating(root) {
  return ['sh', '-c', script, 'sh', join(root, 'usr', 'bin', emulator)];
}

/**
 * The environment of the emulated programs. The processor that the emulator takes by default checks where
 * indirect jumps lead, and Wine jumps to places that are not marked for it.
 */
export const emulatedEnvironment = { QEMU_CPU: 'neoverse-n1' };

/** Why nothing can be emulated here, or undefined if it can. */
export function whyNotEmulated() {
  const failure = failureInNamespaces(mount);
  return failure && (whyNotEntered() ?? `this needs Linux 6.7 or later (${failure})`);
}
