// SPDX-License-Identifier: MIT
//
// Validates the headers that a caller gives. An error shows neither their names nor their values.

import { fault } from '../arguments.js';
import type { RequestHeaders } from './credentials.js';

// See RFC 9110, 5.1 and 5.5. A value's bytes travel as characters of Latin-1.
const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const text = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
// The routes set these themselves.
const own = /^(range|if-range|accept-encoding|content-length|transfer-encoding|connection|host)$/i;

/** A record or a `Headers`: names of a header each, and values without control characters. */
export function checkHeaders(name: string, value: unknown): RequestHeaders {
  if (value === undefined) return [];
  const isHeaders = value instanceof Headers;
  const isRecord = Object.prototype.toString.call(value) === '[object Object]';
  if (!isHeaders && !isRecord) {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'a record of strings or a Headers', value, true);
  }
  const entries: [string, unknown][] = isHeaders ? [...value] : Object.entries(value as object);
  return entries.flatMap(([header, given]) => {
    if (given === undefined) return [];
    const refuse = (code: 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE', expected: string) =>
      fault(code, name, expected, given, true);
    if (!token.test(header)) {
      throw fault('ERR_INVALID_ARG_VALUE', name, 'a record of valid header names', header, true);
    }
    if (own.test(header)) {
      throw refuse('ERR_INVALID_ARG_VALUE', `without the header '${header}', which is set already`);
    }
    if (typeof given !== 'string') throw refuse('ERR_INVALID_ARG_TYPE', 'a record of strings');
    if (!text.test(given)) {
      throw refuse('ERR_INVALID_ARG_VALUE', 'a record of values without control characters');
    }
    return [[header, given.trim()] as const];
  });
}
