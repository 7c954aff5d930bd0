// SPDX-License-Identifier: MIT
// @ts-check
// The exported names, and their members, without a comment.

import { memberName } from './page.mjs';

/** @import ts from 'typescript' */
/** @typedef {import('../library/library.mjs').Library} Library */

/** @param {Library} library @returns {string[]} */
export function commentFaults(library) {
  const silent = (/** @type {ts.Symbol} */ symbol) =>
    symbol.getDocumentationComment(library.checker).length === 0;
  return [...library.exports.values()].flatMap((names) =>
    [...names].flatMap(([name, symbol]) => {
      const type = library.declaredType(symbol);
      const members = type.isUnion() ? [] : [...library.statics(symbol), ...library.members(type)];
      return [
        ...(silent(symbol) ? [`${name} has no comment`] : []),
        ...members.filter(silent).map((one) => `${name}.${memberName(one)} has no comment`),
      ];
    }),
  );
}
