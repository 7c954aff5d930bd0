// SPDX-License-Identifier: MIT
//
// The headers of a request: validates those that a caller gives, and converts them to and from the text
// that the services take. An error shows no value, and a name only if every program knows it: what was
// mistaken for a name may be secret.

import { fault } from './arguments.js';

/** The headers of a request, in order. */
export type RequestHeaders = readonly (readonly [name: string, value: string])[];

// See RFC 9110, 5.1 and 5.5. A value's bytes travel as characters of Latin-1.
const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const text = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const known =
  /^(accept|accept-language|authorization|cache-control|cookie|origin|pragma|proxy-authorization|referer|user-agent)$/i;

/**
 * A record or a `Headers`: names of a header each, and values without control characters.
 *
 * @param own Matches the names of headers that are set by us, and so not by the caller.
 */
export function checkHeaders(name: string, value: unknown, own?: RegExp): RequestHeaders {
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
    if (own?.test(header)) {
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

/** The name of an HTTP method, which has the form of a header's name. */
export function checkMethod(name: string, value: unknown): string {
  if (typeof value !== 'string') throw fault('ERR_INVALID_ARG_TYPE', name, 'a string', value);
  if (token.test(value)) return value;
  throw fault('ERR_INVALID_ARG_VALUE', name, 'the name of an HTTP method', value);
}

/** Headers as both services take them: each as `Name: Value` and CR LF. */
export function headerLines(headers: RequestHeaders): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

/**
 * The headers in such a text, by their names as they are spelled there first. The values of a header that
 * is there more than once are joined, as HTTP defines it.
 */
export function headersIn(lines: string): Record<string, string> {
  const headers = new Map<string, [name: string, value: string]>();
  for (const line of lines.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([^:]*):?(.*)$/.exec(line) ?? [];
    if (name.trim() === '') continue;
    const [first, before] = headers.get(name.trim().toLowerCase()) ?? [name.trim()];
    const joined = before === undefined ? value.trim() : `${before}, ${value.trim()}`;
    headers.set(first.toLowerCase(), [first, joined]);
  }
  return Object.fromEntries(headers.values());
}
