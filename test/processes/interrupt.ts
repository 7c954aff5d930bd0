// SPDX-License-Identifier: MIT
// Presses Ctrl+C in the console of a process, which must not be this one's.

import { run } from './child.js';

/** @param id of a process that is attached to the console */
export async function interrupt(id: number | undefined): Promise<void> {
  const { status, stderr } = await run('interrupt.mjs', [String(id)]);
  if (status !== 0) throw new Error(`Ctrl+C cannot be pressed: ${stderr}`);
}
