// SPDX-License-Identifier: MIT
//
// Gives a file its final name. On Windows, whoever just looks at a new file, such as a virus scanner or
// an indexer, keeps it from being renamed; that usually takes moments.

import { statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { abortError } from '../../errors.js';
import { pause } from '../pause.js';
import { fileError } from './file-error.js';

// In milliseconds.
const patience = 30_000;
const longestDelay = 1000;

/**
 * Moves a file within its volume, in the place of a file that may be there. If another process uses one
 * of them, it tries again for 30 s; an abort ends that at once. The file then keeps its name.
 *
 * @param onHeld Called with the error each time it is to be tried again.
 */
export async function moveInto(
  from: string,
  to: string,
  { signal, onHeld }: { signal: AbortSignal; onHeld?: (error: Error) => void },
): Promise<void> {
  let waited = 0;
  for (let delay = 50; ; delay = Math.min(2 * delay, longestDelay)) {
    if (signal.aborted) throw abortError(signal);
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const held = /^(EPERM|EACCES|EBUSY)$/.test((error as NodeJS.ErrnoException).code ?? '');
      // A folder in the way has the same code on Windows, and does not pass.
      if (!held || isFolder(to))
        throw fileError(`The file ${from} cannot be renamed to ${to}.`, error);
      if (waited >= patience) throw heldError(from, to, error);
      onHeld?.(fileError(`The file ${from} cannot be renamed to ${to} yet.`, error));
    }
    await pause(delay, signal);
    waited += delay;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function heldError(from: string, to: string, error: unknown): Error {
  const seconds = String(patience / 1000);
  const who =
    'Another program may hold one of them, such as a virus scanner, an indexer, a backup,';
  const where = `The whole file remains as ${from}.`;
  return fileError(
    `The file could not be renamed to ${to} for ${seconds} s. ${who} or the application itself if it is running from there. ${where}`,
    error,
  );
}
