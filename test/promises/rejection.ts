// SPDX-License-Identifier: MIT

import { expect } from 'vitest';
import { awaitedLater } from './awaited-later.js';

/** What a promise rejects with. It fails the test if the promise resolves. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return awaitedLater(
    promise.then(
      () => expect.fail('It resolved.'),
      (error: unknown) => error,
    ),
  );
}
