// SPDX-License-Identifier: MIT
//
// Node's `crypto`, loaded when it is needed: that takes longer than to load the rest of this package.

import { createRequire } from 'node:module';

/** The module `node:crypto`. */
export function crypto(): typeof import('node:crypto') {
  // Any path leads to the modules of Node.
  return createRequire(process.execPath)('node:crypto') as typeof import('node:crypto');
}
