// SPDX-License-Identifier: MIT
//
// Loads `node:crypto` on first use: it takes a large part of the time in which this package loads, and most
// programs need it later, if at all.

import { createRequire } from 'node:module';

let loaded: typeof import('node:crypto') | undefined;

/** The module `node:crypto`. */
export function crypto(): typeof import('node:crypto') {
  // Any path will do: modules of Node do not depend on it.
  loaded ??= createRequire(process.execPath)('node:crypto') as typeof import('node:crypto');
  return loaded;
}
