// SPDX-License-Identifier: MIT
//
// An iteration that a signal ends, also while it waits for a service that hangs.

import { abortError } from '../errors.js';

/**
 * Iterates over the values until the signal is aborted, and then rejects with an AbortError at once. What
 * provides the values ends as soon as it can.
 */
export async function* untilAborted<Value>(
  values: AsyncIterator<Value>,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<Value, void, undefined> {
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(abortError(signal));
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  // It may be aborted while a value is in use.
  aborted.catch(() => undefined);
  try {
    for (;;) {
      if (signal.aborted) throw abortError(signal);
      const next = await Promise.race([values.next(), aborted]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    void values.return?.().catch(() => undefined);
  }
}
