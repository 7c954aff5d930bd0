// SPDX-License-Identifier: MIT
//
// The reason with which a caller aborts a download to continue it later.

/**
 * Abort with this reason to keep what is there: `controller.abort(KEEP)` pauses the transfer, and a later
 * `download()` with the same key takes it up. Without a key, one of the same address to the same file does.
 */
// Registered, so that the copy of the package in another bundle has the same.
export const KEEP: unique symbol = Symbol.for('dosvc.keep');
