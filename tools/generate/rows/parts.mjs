// SPDX-License-Identifier: MIT
// @ts-check
// The tables of every method and the proofs behind them, as files, and what they lack.

import {
  documentedProofs,
  proofFaults,
  proofsFile,
  proofsJson,
  recentProofs,
  withRecent,
} from './proofs.mjs';
import { Places } from './places.mjs';
import { pagesWithRows, rowFaults, withRows } from './rows-tables.mjs';

/**
 * @param {string} root
 * @param {import('../library/library.mjs').Library} library
 * @param {import('./rows.mjs').Row[]} rows
 * @param {boolean} takesOver whether what the tests proved recently counts
 */
export function rowParts(root, library, rows, takesOver) {
  const places = new Places(library, rows);
  const documented = documentedProofs(root);
  const proofs = takesOver ? withRecent(documented, recentProofs(root)) : documented;
  const source = `the sources and ${proofsFile}`;
  return {
    parts: [
      ...pagesWithRows.map((path) => ({
        path,
        source,
        write: (/** @type {string} */ page) => withRows(path, page, rows, places, proofs),
      })),
      { path: proofsFile, source: 'its own format', write: () => proofsJson(proofs) },
    ],
    faults: [
      ...places.faults,
      ...rowFaults(rows, places, proofs),
      ...proofFaults(root, proofs, rows),
    ],
  };
}
