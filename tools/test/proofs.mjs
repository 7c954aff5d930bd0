// SPDX-License-Identifier: MIT
// @ts-check
// Records in build/proofs.json which rows succeeded in tests that passed, for the tables of every method.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { compare } from '../generate/markdown.mjs';
import { proofsJson, recentProofs, withRecent } from '../generate/rows/proofs.mjs';

/** @typedef {import('../generate/rows/proofs.mjs').Proofs} Proofs */
/** @typedef {{ status: string, meta?: { rows?: Record<string, string[]> } }} Test as Vitest reports it */

/**
 * The rows that succeeded in tests that passed.
 * @param {string[]} results files that Vitest's JSON reporter wrote
 * @returns {Proofs}
 */
export function provedIn(results) {
  /** @type {Proofs} */
  const proofs = {};
  for (const file of results.filter((one) => existsSync(one))) {
    /** @type {{ testResults: { name: string, assertionResults: Test[] }[] }} */
    const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
    for (const { name, assertionResults } of testResults) {
      const path = name.replaceAll('\\', '/');
      const test = path.slice(path.lastIndexOf('/test/') + 1);
      const passed = assertionResults.filter(({ status }) => status === 'passed');
      for (const [ground, rows] of passed.flatMap(({ meta }) => Object.entries(meta?.rows ?? {}))) {
        for (const row of rows) {
          const files = (proofs[row] ??= {});
          const before = files[ground];
          if (before === undefined || compare(test, before) < 0) files[ground] = test;
        }
      }
    }
  }
  return proofs;
}

/**
 * @param {Proofs} proofs
 * @param {boolean} whole whether all tests ran and passed, so that nothing else is proved where they ran;
 *   otherwise what was recorded earlier remains
 */
export function recordProofs(proofs, whole) {
  const earlier = recentProofs(root);
  const grounds = Object.values(proofs).flatMap((files) => Object.keys(files));
  const recent = whole
    ? { grounds: [...new Set(grounds)].sort(), proofs }
    : { ...earlier, proofs: withRecent(earlier.proofs, { grounds: [], proofs }) };
  writeFileSync(join(root, 'build', 'proofs.json'), proofsJson(/** @type {any} */ (recent)));
}
