// SPDX-License-Identifier: MIT
//
// Gives a file its final name. On Windows, whoever just looks at a new file, such as a virus scanner or
// an indexer, keeps it from being renamed; that usually takes moments.

import { rename } from 'node:fs/promises';
import { abortError } from '../../errors.js';
import { fileError } from './file-error.js';

// In milliseconds.
const patience = 30_000;
const longestPause = 1000;

/**
 * Moves a file within its volume, in the place of a file that may be there. If another process uses one
 * of them, it tries again for 30 s; an abort ends that at once. The file then keeps its name.
 */
export async function moveInto(
  from: string,
  to: string,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  let waited = 0;
  for (let pause = 50; ; pause = Math.min(2 * pause, longestPause)) {
    if (signal.aborted) throw abortError(signal);
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const held = /^(EPERM|EACCES|EBUSY)$/.test((error as NodeJS.ErrnoException).code ?? '');
      if (!held) throw fileError(`The file ${from} cannot be renamed to ${to}.`, error);
      if (waited >= patience) throw heldError(from, to, error);
    }
    await passed(pause, signal);
    waited += pause;
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

/** Resolves after this many milliseconds, or at once when the signal is aborted. */
function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
