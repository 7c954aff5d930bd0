// SPDX-License-Identifier: MIT
//
// Validates the headers that a caller gives. An error shows no value, and a name only if every program
// knows it: what was mistaken for a name may be secret.

import { fault } from '../arguments.js';
import type { RequestHeaders } from './credentials.js';

// See RFC 9110, 5.1 and 5.5. A value's bytes travel as characters of Latin-1.
const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const text = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
// The routes set these themselves.
const own = /^(range|if-range|accept-encoding|content-length|transfer-encoding|connection|host)$/i;
const known =
  /^(accept|accept-language|authorization|cache-control|cookie|origin|pragma|proxy-authorization|referer|user-agent)$/i;

/** A record or a `Headers`: names of a header each, and values without control characters. */
export function checkHeaders(name: string, value: unknown): RequestHeaders {
  if (value === undefined) return [];
  const isHeaders = value instanceof Headers;
  const isRecord = Object.prototype.toString.call(value) === '[object Object]';
  if (!isHeaders && !isRecord) {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'a record of strings or a Headers', value, true);
  }
  const entries: [string, unknown][] = isHeaders ? [...value] : Object.entries(value as object);
  return entries.flatMap(([header, given], at) => {
    if (given === undefined) return [];
    const which = known.test(header) ? `'${header}'` : `header ${String(at + 1)}`;
    if (!token.test(header)) {
      const expected = `a record of valid header names: that of ${which} is not valid`;
      throw fault('ERR_INVALID_ARG_VALUE', name, expected, header, true);
    }
    if (own.test(header)) {
      const expected = `without the header '${header}', which is set already`;
      throw fault('ERR_INVALID_ARG_VALUE', name, expected, given, true);
    }
    if (typeof given !== 'string') {
      const expected = `a record of strings: the value of ${which} is not a string`;
      throw fault('ERR_INVALID_ARG_TYPE', name, expected, given, true);
    }
    if (!text.test(given)) {
      const expected = `a record of printable Latin-1 values: that of ${which} has another character`;
      throw fault('ERR_INVALID_ARG_VALUE', name, expected, given, true);
    }
    return [[header, given.trim()] as const];
  });
}
