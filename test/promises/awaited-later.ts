// SPDX-License-Identifier: MIT
// For a promise that a test awaits only later.

/**
 * Marks the promise as handled and returns it. A test that fails in the meantime never awaits it,
 * and its rejection, for example when the manager closes, would count as a second failure.
 */
export function awaitedLater<T extends Promise<unknown>>(promise: T): T {
  promise.catch(() => undefined);
  return promise;
}
