// SPDX-License-Identifier: MIT
// A promise that a test keeps while it does other things.

/**
 * Marks it as handled and gives it back. A test that fails in the meantime never comes to await it,
 * and then its rejection, as when the manager closes, would count as a second failure.
 */
export function awaitedLater<T extends Promise<unknown>>(promise: T): T {
  promise.catch(() => undefined);
  return promise;
}
