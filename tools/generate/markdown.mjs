// SPDX-License-Identifier: MIT
// @ts-check
// What is written into pages of which the rest is written by hand.

/**
 * As `Array.sort()` compares texts, whatever the machine's language.
 * @param {string} a
 * @param {string} b
 */
export function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A table as Prettier formats it.
 * @param {string[][]} rows
 */
export function table(rows) {
  const [head = []] = rows;
  const widths = head.map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [first = '', ...others] = rows.map(line);
  return [first, line(widths.map((width) => '-'.repeat(width))), ...others].join('\n');
}

/**
 * A page with a text between two of its lines.
 * @param {string} path
 * @param {string} page
 * @param {{ begin: string, end: string, what: string }} place `what` the text is, for the error
 * @param {string} text
 */
export function withPart(path, page, { begin, end, what }, text) {
  const [before, rest] = page.split(`${begin}\n`);
  const after = rest?.split(`${end}\n`)[1];
  if (after === undefined) throw new Error(`${path} has no place for ${what}`);
  return `${before}${begin}\n\n${text}\n\n${end}\n${after}`;
}
