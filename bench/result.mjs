// SPDX-License-Identifier: MIT
// @ts-check
// Presents what was measured: a table, and the bounds that were missed.

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} beside what it is compared with
 * @property {import('./pairs.mjs').Pairs} measured
 * @property {number} [atMost] the bound of the ratio's median
 * @property {number} [atLeast]
 * @property {number} [below] a bound of the value itself, in its unit
 */

const heads = [
  ...['', 'median', 'beside', 'median', 'pairs'],
  ...['ratio', 'quartiles', 'range', 'bound', 'CPU µs'],
];

/** At least three significant digits. @param {number} value */
function short(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** @param {Result} result */
function boundOf({ measured, atMost, atLeast, below }) {
  if (below !== undefined) return `< ${String(below)} ${measured.unit}`;
  if (atMost !== undefined) return `≤ ${String(atMost)}`;
  return atLeast === undefined ? '' : `≥ ${String(atLeast)}`;
}

/** @param {Result} result */
function row(result) {
  const { name, beside, measured } = result;
  const { unit, base, other, ratio } = measured;
  const cpus = [other.cpu, base.cpu].filter((cpu) => cpu !== undefined);
  return [
    name,
    `${short(other.median)} ${unit}`,
    beside,
    `${short(base.median)} ${unit}`,
    String(measured.pairs),
    ratio.median.toFixed(2),
    `${ratio.q1.toFixed(2)}–${ratio.q3.toFixed(2)}`,
    `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`,
    boundOf(result),
    cpus.map(short).join(' : '),
  ];
}

/** @param {Result[]} results */
export function table(results) {
  const rows = [heads, ...results.map(row)];
  const widths = heads.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/**
 * @param {Result} result
 * @returns {string[]} at most one
 */
export function faultsOf(result) {
  const { name, beside, measured, atMost = Infinity, atLeast = 0, below = Infinity } = result;
  const { unit, other, ratio } = measured;
  if (other.median >= below) {
    return [`${name}: ${short(other.median)} ${unit}, not ${boundOf(result)}`];
  }
  if (ratio.median <= atMost && ratio.median >= atLeast) return [];
  return [`${name}: ${ratio.median.toFixed(2)} × ${beside}, not ${boundOf(result)}`];
}
