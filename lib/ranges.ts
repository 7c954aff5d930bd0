// SPDX-License-Identifier: MIT
//
// Byte ranges of a file, in the form of the public API and in that of the boundary.

import type { DownloadRange, FileRange as JobRange } from '../typings/rows.js';
import { checkInteger, checkList, checkObject, fault } from './arguments.js';

/** A range of bytes in a file. */
export interface FileRange {
  /** The offset of the first byte, counted from 0. */
  offset: number;
  /** The number of bytes, at least 1, or `'toEnd'` for everything up to the end of the file. */
  length: number | 'toEnd';
}

/** Checks that there are ranges, and that none is empty. */
export function checkRangeList(name: string, value: unknown): DownloadRange[] {
  return checkList(name, value, '{ offset, length }').map((range, at) =>
    checkRange(`${name}[${String(at)}]`, range),
  );
}

/** Checks in addition that they do not overlap. */
export function checkRanges(name: string, value: unknown): DownloadRange[] {
  const ranges = checkRangeList(name, value);
  const sorted = ranges.toSorted((a, b) => a.offset - b.offset);
  sorted.forEach(({ offset }, at) => {
    const before = sorted[at - 1];
    if (before === undefined) return;
    if (before.length === null || before.offset + before.length > offset) {
      throw fault('ERR_INVALID_ARG_VALUE', name, 'ranges that do not overlap', value);
    }
  });
  return ranges;
}

/** Checks the ranges of a start: null resumes what was started, an empty list requests the file. */
export function checkStart(name: string, value: unknown): DownloadRange[] | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) && value.length === 0 ? [] : checkRanges(name, value);
}

/** Converts a range of a download to that of a job's file. */
export function jobRange({ offset, length }: DownloadRange): JobRange {
  return { initialOffset: offset, length };
}

/** Converts a range of a job's file to its public form. */
export function rangeOf({ initialOffset, length }: JobRange): FileRange {
  return { offset: initialOffset, length: length ?? 'toEnd' };
}

function checkRange(name: string, value: unknown): DownloadRange {
  const { offset, length } = checkObject<FileRange>(name, value, 'an object { offset, length }');
  const most = Number.MAX_SAFE_INTEGER;
  return {
    offset: checkInteger(`${name}.offset`, offset, 0, most),
    length: length === 'toEnd' ? null : checkInteger(`${name}.length`, length, 1, most),
  };
}
