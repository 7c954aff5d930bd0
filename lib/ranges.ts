// SPDX-License-Identifier: MIT
//
// Byte ranges of a file, as the public API spells them.

import type { FileRange as BoundaryRange } from '../typings/rows.js';
import { checkInteger, checkList, fault } from './arguments.js';

/** Bytes of a file. */
export interface FileRange {
  /** The first byte, from 0. */
  offset: number;
  /** How many bytes, at least 1; `'toEnd'` reaches to the end of the file. */
  length: number | 'toEnd';
}

/** Ranges that are not empty and do not overlap, for the boundary. */
export function checkRanges(name: string, value: unknown): BoundaryRange[] {
  const ranges = checkList(name, value, '{ offset, length }').map((range, at) =>
    checkRange(`${name}[${String(at)}]`, range),
  );
  const sorted = ranges.toSorted((a, b) => a.initialOffset - b.initialOffset);
  sorted.forEach(({ initialOffset }, at) => {
    const before = sorted[at - 1];
    if (before === undefined) return;
    if (before.length === null || before.initialOffset + before.length > initialOffset) {
      throw fault('ERR_INVALID_ARG_VALUE', name, 'ranges that do not overlap', value);
    }
  });
  return ranges;
}

/** A range as the boundary gives it. */
export function rangeOf({ initialOffset, length }: BoundaryRange): FileRange {
  return { offset: initialOffset, length: length ?? 'toEnd' };
}

function checkRange(name: string, value: unknown): BoundaryRange {
  if (typeof value !== 'object' || value === null) {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'an object { offset, length }', value);
  }
  const { offset, length } = value as Partial<FileRange>;
  return {
    initialOffset: checkInteger(`${name}.offset`, offset, 0, Number.MAX_SAFE_INTEGER),
    length:
      length === 'toEnd'
        ? null
        : checkInteger(`${name}.length`, length, 1, Number.MAX_SAFE_INTEGER),
  };
}
