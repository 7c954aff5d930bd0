// SPDX-License-Identifier: MIT
// @ts-check
// Reads what an import library of the Windows SDK offers: the functions by name, with the DLL of each.
// The offsets are those of the PE format's specification, "Archive (Library) File Format".

import { readFileSync } from 'node:fs';

const magic = '!<arch>\n';
const memberHeader = 60;

/**
 * @param {string} file
 * @returns {Map<string, string>} the DLL of each function, in lower case
 */
export function readImportLibrary(file) {
  const bytes = readFileSync(file);
  if (bytes.toString('latin1', 0, magic.length) !== magic) throw new Error(`${file}: no library`);
  const text = (/** @type {number} */ at) => bytes.toString('latin1', at, bytes.indexOf(0, at));
  // The first member is an index: a count, the offset of each symbol's member, the symbols' names.
  const index = magic.length + memberHeader;
  const count = bytes.readUInt32BE(index);
  const members = Array.from({ length: count }, (_, at) => bytes.readUInt32BE(index + 4 + at * 4));
  const functions = new Map();
  for (const member of new Set(members)) {
    const at = member + memberHeader;
    const isShortImport = bytes.readUInt16LE(at) === 0 && bytes.readUInt16LE(at + 2) === 0xffff;
    if (!isShortImport) continue;
    const name = text(at + 20);
    functions.set(name, text(at + 20 + name.length + 1).toLowerCase());
  }
  return functions;
}
