// SPDX-License-Identifier: MIT
// @ts-check
// The headings of docs/api.md, and the anchors that GitHub gives them.

import ts from 'typescript';

/** The heading of an exported name. Two names may differ in case alone. @param {string} name @param {ts.Symbol} symbol */
export function headingOf(name, { flags }) {
  if ((flags & ts.SymbolFlags.Class) !== 0) return `Class ${name}`;
  if ((flags & ts.SymbolFlags.Function) !== 0) return `${name}()`;
  return (flags & ts.SymbolFlags.Variable) !== 0 ? `Constant ${name}` : name;
}

/** The heading of a method of an exported class. @param {string} owner @param {string} method */
export function methodHeading(owner, method) {
  return `${owner}.${method}()`;
}

/** @param {string} heading */
export function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
