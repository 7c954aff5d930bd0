// SPDX-License-Identifier: MIT
// @ts-check
// The tables of all rows: where each is in the public API, since when, and on which grounds it was proved.

import { table, withPart } from '../markdown.mjs';
import { grounds } from './proofs.mjs';

/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('./rows.mjs').Page} Page */
/** @typedef {import('./places.mjs').Places} Places */
/** @typedef {import('./proofs.mjs').Proofs} Proofs */

/** @type {Page[]} */
export const pagesWithRows = ['docs/bits.md', 'docs/jobs.md', 'docs/downloads.md'];

const marks = {
  begin: '<!-- Every method, written by `npm run generate` from the sources and the tests: -->',
  end: '<!-- The end of every method. -->',
  what: 'the table of every method',
};

/**
 * @param {Page} path
 * @param {string} page
 * @param {Row[]} rows
 * @param {Places} places
 * @param {Proofs} proofs
 */
export function withRows(path, page, rows, places, proofs) {
  const own = rows.filter((row) => row.page === path);
  const cells = own.map((row) => [
    `\`${row.address}\``,
    places.of(row).map(link).join(', ') || '–',
    row.since,
    grounds.filter((on) => proofs[row.address]?.[on]).join(', ') || 'not run',
  ]);
  const head = ['Method', 'In the library', 'Since', 'Proved on'];
  return withPart(path, page, marks, table([head, ...cells]));
}

/** @param {import('./places.mjs').Place} place */
function link({ shown, anchor }) {
  return `[\`${shown}\`](api.md#${anchor})`;
}

/**
 * The rows that no type of the public API has, or that no test has proved.
 * @param {Row[]} rows
 * @param {Places} places
 * @param {Proofs} proofs
 */
export function rowFaults(rows, places, proofs) {
  return rows.flatMap((row) => [
    ...(places.of(row).length > 0 ? [] : [`${row.address}: the public API does not have it`]),
    ...(proofs[row.address] ? [] : [`${row.address}: no test has proved it: npm test`]),
  ]);
}
