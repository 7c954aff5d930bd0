// SPDX-License-Identifier: MIT
// @ts-check
// A GUID as it lies in memory.

/** @param {string} guid without braces */
export function bytesOf(guid) {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
