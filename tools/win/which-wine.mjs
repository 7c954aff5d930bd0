// SPDX-License-Identifier: MIT
// @ts-check
// Which Wine the programs run in: the machine's own, or with DOSVC_WINE=10 a Wine 10, which is unpacked
// inside the clone if the machine's own is another one.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chosenWine } from '../clone.mjs';
import { NotHere, ToolError } from '../command.mjs';
import { enter, whyNotEntered } from '../unpacked/enter.mjs';
import { wine10, wine10Folder } from '../unpacked/wine-10.mjs';

/** @type {string | undefined} */
let machines;

/** Whether the machine's own Wine is version 10 and runs 32-bit programs, too. */
function machinesSuffices() {
  if (!existsSync('/usr/lib/i386-linux-gnu/wine/i386-windows')) return false;
  machines ??= spawnSync('wine', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return machines.startsWith('wine-10.');
}

function isUnpacked() {
  if (chosenWine() === '') return false;
  if (chosenWine() !== '10') {
    throw new ToolError(
      `DOSVC_WINE=${chosenWine()}: use 10, or leave it unset for this machine's Wine.`,
    );
  }
  return !machinesSuffices();
}

/** What provides the Wine, beyond the machine's packages. @returns {import('../setup/step.mjs').Step[]} */
export function wineSteps() {
  return isUnpacked() ? [wine10] : [];
}

/**
 * The command that runs one of Wine's programs.
 * @param {string[]} command
 */
export function inWine(command) {
  return isUnpacked() ? enter(wine10Folder, command) : command;
}

/** Has this process and those that it starts use Wine 10. */
export function useWine10() {
  process.env.DOSVC_WINE = '10';
  const reason = isUnpacked() ? whyNotEntered() : undefined;
  if (reason !== undefined) throw new NotHere(reason);
}
