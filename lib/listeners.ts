// SPDX-License-Identifier: MIT
//
// Calls a listener so that an error it throws reaches neither the caller nor the other listeners. The
// error becomes an uncaught exception, as for any listener in Node.

export function callListener<Args extends unknown[]>(
  listener: ((...args: Args) => void) | undefined,
  ...args: Args
): void {
  try {
    listener?.(...args);
  } catch (error) {
    throwLater(error);
  }
}

/** Makes an uncaught exception of what a listener has thrown. */
export function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
