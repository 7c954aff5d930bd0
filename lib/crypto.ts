// SPDX-License-Identifier: MIT
//
// Node's `crypto`, loaded when it is needed: that takes longer than to load the rest of this package.

/** The module `node:crypto`. */
export function crypto(): typeof import('node:crypto') {
  return require('node:crypto') as typeof import('node:crypto');
}
