// SPDX-License-Identifier: MIT
//
// What a start takes: null, which goes on with what was begun; an empty list, which is the whole file;
// or ranges.

import type { DownloadRange } from '../../typings/rows.js';
import { checkRanges } from '../ranges.js';

/** The ranges of a start for the boundary. */
export function startRanges(name: string, value: unknown): DownloadRange[] | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.length === 0) return [];
  return checkRanges(name, value).map(({ initialOffset, length }) => ({
    offset: initialOffset,
    length,
  }));
}

/** The same for a stream, which needs a range. */
export function streamRanges(name: string, value: unknown): DownloadRange[] {
  const ranges = startRanges(name, value) ?? [];
  return ranges.length > 0 ? ranges : [{ offset: 0, length: null }];
}
