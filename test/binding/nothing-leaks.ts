// SPDX-License-Identifier: MIT
// What the binding still holds, for tests of the routes. These are not exported, so the tests use the library
// in lib/ and its binding.

import { expect } from 'vitest';
import { binding } from '../../lib/remote/loader.js';

/** Resolves when the library has let go of everything. */
export async function nothingLeaks(): Promise<void> {
  await expect
    .poll(() => binding().counters())
    .toMatchObject({ handles: 0, objects: 0, requests: 0 });
}
