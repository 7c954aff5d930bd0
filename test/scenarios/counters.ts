// SPDX-License-Identifier: MIT
//
// The library under test is the one in lib/, because its routes are not exported: it has the binding of its
// process to itself, so these files have a process each.

import { expect } from 'vitest';
import { binding } from '../../lib/remote/loader.js';

/** Resolves when the library has let go of everything. */
export async function nothingLeaks(): Promise<void> {
  await expect
    .poll(() => binding().counters())
    .toMatchObject({ handles: 0, objects: 0, requests: 0 });
}
