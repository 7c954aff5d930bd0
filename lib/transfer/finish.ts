// SPDX-License-Identifier: MIT
//
// What follows once a file is whole and has the right content: the caller's own check, and the mark of
// the web. Then only its name is missing.

import { rename } from 'node:fs/promises';
import type { Ending } from './ending.js';
import { discard } from './discard.js';
import { moveInto } from './files/move.js';
import { markOfTheWeb, moveMark } from './files/zone.js';
import type { Request } from './request.js';

/** Lets the caller check a file, and marks it. Rejects with what the caller's function throws. */
export async function approve(
  file: string,
  address: string,
  request: Request,
  ending: Ending,
): Promise<void> {
  await ending.within(async () => {
    const result: unknown = await request.verify?.(file, { signal: ending.signal });
    if (result === false) throw refused();
  });
  if (request.markOfTheWeb) await markOfTheWeb(file, address);
  ending.check();
}

function refused(): TypeError {
  const message =
    "The function that is given as the option 'verify' returned false, so the file was deleted. It must throw an error that says why it refuses a file.";
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_RETURN_VALUE' });
}

/**
 * Gives a file its final name. If that fails, the file stays under a temporary name.
 *
 * @param checked A name that says that the content is right, so that the next download only moves it.
 * @param onHeld Called with the error of a move that is to be tried again.
 */
export async function name(
  file: string,
  { target, checked, marked }: { target: string; checked: string; marked: boolean },
  ending: Ending,
  onHeld: (error: Error) => void,
): Promise<void> {
  try {
    await moveInto(file, target, { signal: ending.signal, onHeld });
    if (marked) await moveMark(file, target);
  } catch (error) {
    if (!ending.signal.aborted || ending.keepsChecked) await keep(file, checked);
    ending.check();
    throw error;
  }
}

// A file that is in use cannot be renamed at all: the next download then tells it by its hash.
async function keep(file: string, checked: string): Promise<void> {
  if (file === checked) return;
  await discard(checked).catch(() => undefined);
  await rename(file, checked).catch(() => undefined);
}
