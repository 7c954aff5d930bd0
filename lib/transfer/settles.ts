// SPDX-License-Identifier: MIT

import { pause } from './pause.js';

/** Whether a promise settles within this many milliseconds. An abort ends the wait. */
export async function settles(
  promise: Promise<unknown>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const over = new AbortController();
  const end = () => {
    over.abort();
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, pause(milliseconds, over.signal).then(() => false)]);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
