// SPDX-License-Identifier: MIT
// @ts-check
// On which grounds each row was proved: docs/proofs.json has, for each row and ground, a test that passed
// and in which the row succeeded there. `npm test` records it in build/proofs.json, and `npm run generate`
// takes it over.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../markdown.mjs';

/**
 * A test file for each ground and row.
 * @typedef {Record<string, Record<string, string>>} Proofs
 *
 * @typedef {object} RecentProofs
 * @property {string[]} grounds those on which all tests ran: nothing earlier is proved there
 * @property {Proofs} proofs
 */

/** The grounds, in the order in which the tables name them. */
export const grounds = ['BITS', "Wine's BITS", 'stand-in', 'recorder'];

export const proofsFile = 'docs/proofs.json';

/** @param {string} root @returns {Proofs} */
export function documentedProofs(root) {
  return readIfThere(join(root, proofsFile)) ?? {};
}

/** @param {string} root @returns {RecentProofs} */
export function recentProofs(root) {
  return readIfThere(join(root, 'build', 'proofs.json')) ?? { grounds: [], proofs: {} };
}

/**
 * @param {Proofs} earlier
 * @param {RecentProofs} recent
 * @returns {Proofs}
 */
export function withRecent(earlier, { grounds, proofs }) {
  const addresses = [...new Set([...Object.keys(earlier), ...Object.keys(proofs)])];
  const rows = addresses.toSorted(compare).map((address) => {
    const kept = Object.entries(earlier[address] ?? {}).filter(([on]) => !grounds.includes(on));
    const files = [...kept, ...Object.entries(proofs[address] ?? {})];
    const sorted = files.toSorted((a, b) => compare(a[0], b[0]) || compare(b[1], a[1]));
    return /** @type {const} */ ([address, Object.fromEntries(sorted)]);
  });
  return Object.fromEntries(rows.filter(([, files]) => Object.keys(files).length > 0));
}

/** @param {Proofs} proofs */
export function proofsJson(proofs) {
  return `${JSON.stringify(proofs, null, 2)}\n`;
}

/**
 * What a record names that there is not.
 * @param {string} root
 * @param {Proofs} proofs
 * @param {{ address: string }[]} rows
 */
export function proofFaults(root, proofs, rows) {
  const known = new Set(rows.map(({ address }) => address));
  return Object.entries(proofs).flatMap(([address, files]) => [
    ...(known.has(address) ? [] : [`${proofsFile}: there is no ${address}`]),
    ...Object.entries(files).flatMap(([on, file]) => [
      ...(grounds.includes(on) ? [] : [`${proofsFile}: ${address}: there is no ground ${on}`]),
      ...(existsSync(join(root, file)) ? [] : [`${proofsFile}: ${address}: there is no ${file}`]),
    ]),
  ]);
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
