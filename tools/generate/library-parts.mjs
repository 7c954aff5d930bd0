// SPDX-License-Identifier: MIT
// @ts-check
// What is generated from the library's types: the tables of every method, and the public API. The
// compiler is loaded only if its configuration is there.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ path: string, source: string, write: (page: string) => string }} Part */

/**
 * @param {string} root
 * @param {boolean} takesOver whether what the tests proved recently counts
 * @returns {Promise<{ parts: Part[], faults: string[] }>}
 */
export async function libraryParts(root, takesOver) {
  if (!existsSync(join(root, 'tsconfig.build.json'))) return { parts: [], faults: [] };
  const { Library } = await import('./library/library.mjs');
  const { apiParts } = await import('./api/parts.mjs');
  const { rowParts } = await import('./rows/parts.mjs');
  const { readRows } = await import('./rows/rows.mjs');
  const rowsRead = readRows(root);
  const library = new Library(root, [...new Set(rowsRead.map((row) => row.interface))]);
  const rows = rowParts(root, library, rowsRead, takesOver);
  const api = apiParts(root, library);
  return { parts: [...rows.parts, ...api.parts], faults: [...rows.faults, ...api.faults] };
}
