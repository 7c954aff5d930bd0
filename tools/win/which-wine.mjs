// SPDX-License-Identifier: MIT
// @ts-check
// Which Wine the programs run in: the machine's own; with DOSVC_WINE=10 a Wine 10, which is unpacked
// inside the clone if the machine's own is another one; or with DOSVC_WINE=arm64 a Wine 10 for ARM64, in
// an emulator.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chosenWine } from '../clone.mjs';
import { NotHere, ToolError } from '../command.mjs';
import { emulating, whyNotEmulated } from '../unpacked/emulator.mjs';
import { enter, whyNotEntered } from '../unpacked/enter.mjs';
import { whyNot32Bit } from '../unpacked/thirty-two-bit.mjs';
import { wine10, wine10Folder } from '../unpacked/wine-10.mjs';
import { wineArm64, wineArm64Folder } from '../unpacked/wine-arm64.mjs';

/**
 * @typedef {object} Unpacked
 * @property {import('../setup/step.mjs').Step} step
 * @property {(command: string[]) => string[]} enter the command line that runs a command there
 * @property {() => string | undefined} whyNot why that is not possible here
 */

/** By DOSVC_WINE. @type {Record<string, Unpacked>} */
const unpackedWines = {
  10: {
    step: wine10,
    enter: (command) => enter(wine10Folder, command),
    whyNot: whyNotEntered,
  },
  arm64: {
    step: wineArm64,
    enter: (command) => enter(wineArm64Folder, command, emulating(wineArm64Folder)),
    whyNot: whyNotEmulated,
  },
};

/** @type {string | undefined} */
let machines;

/** Whether the machine's own Wine is version 10 and runs 32-bit programs, too. */
function machinesSuffices() {
  if (!existsSync('/usr/lib/i386-linux-gnu/wine/i386-windows')) return false;
  machines ??= spawnSync('wine', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return machines.startsWith('wine-10.');
}

/** The unpacked Wine, if it is not the machine's own. */
function unpacked() {
  const version = chosenWine();
  if (version === '') return undefined;
  const found = unpackedWines[version];
  if (found === undefined) {
    const known = Object.keys(unpackedWines).join(' or ');
    throw new ToolError(
      `DOSVC_WINE=${version}: use ${known}, or leave it unset for this machine's Wine.`,
    );
  }
  return version === '10' && machinesSuffices() ? undefined : found;
}

/** What provides the Wine, beyond the machine's packages. @returns {import('../setup/step.mjs').Step[]} */
export function wineSteps() {
  const found = unpacked();
  return found ? [found.step] : [];
}

/**
 * The command that runs one of Wine's programs.
 * @param {string[]} command
 */
export function inWine(command) {
  return unpacked()?.enter(command) ?? command;
}

/**
 * Has this process and those that it starts use another Wine than the machine's own.
 * @param {'10' | 'arm64'} version
 */
export function useWine(version) {
  process.env.DOSVC_WINE = version;
  const reason = unpacked()?.whyNot() ?? (version === '10' ? whyNot32Bit() : undefined);
  if (reason !== undefined) throw new NotHere(reason);
}
