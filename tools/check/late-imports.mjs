// SPDX-License-Identifier: MIT
// @ts-check
// Checks that the late imports of a binary from mingw-w64 are complete. Each function of Node-API has a
// pointer, which starts with the thunk that loads the function; without its thunk, the first call goes
// to address 0 and ends the process as the binary is loaded.

import { PeImage } from '../pe-image.mjs';

/** @param {string} file of the binary @returns {string[]} what is wrong with it */
export function lateImportFaults(file) {
  const faults = [];
  for (const { name, section, content } of new PeImage(file).symbols) {
    const [, pointer, called = ''] = /^(__imp_)?_?((?:napi|node_api)_\w+)$/.exec(name) ?? [];
    if (called === '') continue;
    if (section < 1) faults.push(`${file}: ${called} has no thunk`);
    else if (pointer !== undefined && content() === 0)
      faults.push(`${file}: ${called} starts at 0`);
  }
  return faults;
}
