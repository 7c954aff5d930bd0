// SPDX-License-Identifier: MIT
// @ts-check
// The format of test/facts/facts.json, which Prettier leaves alone: a method of an interface, a value of an
// enum, a field of a structure and an HRESULT take one line each, so that a diff shows them whole.

/** @typedef {{ [key: string]: unknown }} Entries */

/** @param {unknown} value @returns {value is Entries} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @returns {string} */
function inOneLine(value) {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, of]) => `${JSON.stringify(key)}: ${inOneLine(of)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/**
 * @param {string} open
 * @param {string[]} lines
 * @param {string} close
 * @param {string} indent
 */
function block(open, lines, close, indent) {
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}

/**
 * Three levels are spread over lines: the file, its sections, and records that have lists.
 * @param {unknown} value
 * @param {number} level
 * @returns {string}
 */
function spread(value, level) {
  const indent = '  '.repeat(level);
  const isList = Array.isArray(value);
  const hasLists = isObject(value) && Object.values(value).some(Array.isArray);
  const isSpread = level < 2 ? isList || isObject(value) : (level === 2 && hasLists) || isList;
  if (!isSpread || level > 3) return inOneLine(value);
  if (isList) {
    const items = value.map((item) => spread(item, level + 1));
    return block('[', items, ']', indent);
  }
  const entries = Object.entries(/** @type {Entries} */ (value)).map(
    ([key, of]) => `${JSON.stringify(key)}: ${spread(of, level + 1)}`,
  );
  return block('{', entries, '}', indent);
}

/** @param {string} text of the file, in any format */
export function formatFacts(text) {
  return `${spread(JSON.parse(text), 0)}\n`;
}
