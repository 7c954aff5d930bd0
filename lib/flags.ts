// SPDX-License-Identifier: MIT
//
// Sets of flags: for callers a list of literals, for a service one number of 32 bits.

import { checkLiteral, checkUint32, fault } from './arguments.js';
import { literalOf, type Open } from './generated/enums.js';

/** The flags of a number, from the lowest bit. A bit that is not in the table is a number of its own. */
export function flagsOf<T extends string>(
  table: Readonly<Record<T, number>>,
  flags: number,
): Open<T>[] {
  return Array.from({ length: 32 }, (_, bit) => 2 ** bit)
    .filter((flag) => (flags & flag) !== 0)
    .map((flag) => literalOf(table, flag));
}

/** A list of literals of a table and of numbers, as {@link flagsOf} returns it. Returns the number. */
export function checkFlags<T extends string>(
  name: string,
  value: unknown,
  table: Readonly<Record<T, number>>,
): number {
  if (!Array.isArray(value)) throw fault('ERR_INVALID_ARG_TYPE', name, 'an array of flags', value);
  const flags = value.map((flag: unknown, at) => {
    const which = `${name}[${String(at)}]`;
    return typeof flag === 'number' ? checkUint32(which, flag) : checkLiteral(which, flag, table);
  });
  return flags.reduce((all, flag) => all | flag, 0) >>> 0;
}
