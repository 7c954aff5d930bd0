// SPDX-License-Identifier: MIT
//
// Validates arguments before anything is sent. The errors carry Node's own codes and name the argument.

import { received } from './secrets.js';

type Code = 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE' | 'ERR_OUT_OF_RANGE';

/**
 * The error of an argument that is not as expected.
 *
 * @param secret Whether the argument may be secret, so that the error shows no text of it.
 */
export function fault(
  code: Code,
  name: string,
  expected: string,
  value: unknown,
  secret = false,
): TypeError | RangeError {
  const Kind = code === 'ERR_OUT_OF_RANGE' ? RangeError : TypeError;
  const message = `The argument '${name}' must be ${expected}. Received ${received(value, secret)}`;
  return Object.assign(new Kind(message), { code });
}

/** A string of `shortest` to `longest` characters without null bytes, which would truncate it. */
export function checkString(
  name: string,
  value: unknown,
  longest: number,
  shortest = 1,
  secret = false,
): string {
  if (typeof value !== 'string') {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'a string', value, secret);
  }
  if (value.length < shortest || value.length > longest) {
    const expected = `a string of ${String(shortest)} to ${String(longest)} characters`;
    throw fault('ERR_INVALID_ARG_VALUE', name, expected, value, secret);
  }
  if (!value.includes('\0')) return value;
  throw fault('ERR_INVALID_ARG_VALUE', name, 'a string without null bytes', value, secret);
}

/** Like {@link checkString}, for a string that may be secret: an error says only how long it is. */
export function checkSecret(name: string, value: unknown, longest: number, shortest = 0): string {
  return checkString(name, value, longest, shortest, true);
}

/** One of the literals of a table. Returns its number. */
export function checkLiteral<T extends string>(
  name: string,
  value: unknown,
  table: Readonly<Record<T, number>>,
): number {
  return table[checkOneOf(name, value, Object.keys(table) as T[])];
}

/** One of the strings of a list. */
export function checkOneOf<T extends string>(name: string, value: unknown, names: readonly T[]): T {
  const found = names.find((item) => item === value);
  if (found !== undefined) return found;
  const code = typeof value === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE';
  throw fault(code, name, oneOf(names), value);
}

/** The names as the expectation of an error message. */
export function oneOf(names: readonly string[]): string {
  return names.length === 1 ? list(names) : `one of ${list(names)}`;
}

function list(names: readonly string[]): string {
  return names.map((item) => `'${item}'`).join(', ');
}

/** A whole number from `least` to `most`. */
export function checkInteger(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number') throw fault('ERR_INVALID_ARG_TYPE', name, 'a number', value);
  if (!Number.isInteger(value) || value < least || value > most) {
    const expected = `an integer from ${String(least)} to ${String(most)}`;
    throw fault('ERR_OUT_OF_RANGE', name, expected, value);
  }
  return value;
}

// The largest 32-bit number, for seconds and flags.
const most32 = 0xffffffff;

/** An unsigned 32-bit integer. */
export function checkUint32(name: string, value: unknown): number {
  return checkInteger(name, value, 0, most32);
}

export function checkBoolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw fault('ERR_INVALID_ARG_TYPE', name, 'a boolean', value);
  return value;
}

/** An array that is not empty; `of` names its elements in the error. */
export function checkList(name: string, value: unknown, of: string): unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  const code = Array.isArray(value) ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE';
  throw fault(code, name, `a non-empty array of ${of}`, value, true);
}

/** An object; `expected` describes it in the error. */
export function checkObject<T>(name: string, value: unknown, expected: string): Partial<T> {
  if (typeof value === 'object' && value !== null) return value;
  throw fault('ERR_INVALID_ARG_TYPE', name, expected, value, true);
}

/**
 * An options object with these names only: a misspelled option would be ignored. Undefined counts as
 * empty, and an option that is undefined as not given.
 */
export function checkOptions<T extends object>(
  name: string,
  value: T | undefined,
  names: readonly (keyof T & string)[],
): Partial<T> {
  if (value === undefined) return {};
  // A URL, a Map or an AbortSignal in place of an object with that as an option would be ignored.
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'a plain object', value, true);
  }
  const options = value as Record<string, unknown>;
  const known: readonly string[] = names;
  const unknown = Object.keys(options).find(
    (given) => options[given] !== undefined && !known.includes(given),
  );
  if (unknown === undefined) return options as Partial<T>;
  const message = `The argument '${name}' must not have a property ${received(unknown)}. It may have ${list(names)}`;
  throw Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_VALUE' });
}

const guid = /^\{?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\}?$/i;

/** A GUID, with or without braces or hyphens. Returns it in lower case without braces. */
export function checkGuid(name: string, value: unknown): string {
  const found = typeof value === 'string' ? anyGuid(value) : undefined;
  if (found !== undefined) return found;
  const code = typeof value === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE';
  throw fault(code, name, 'a GUID string', value);
}

/** The GUID of a string, in lower case without braces; undefined if the string is not a GUID. */
export function anyGuid(value: string): string | undefined {
  const hyphened = value
    .trim()
    .replace(
      /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i,
      '$1-$2-$3-$4-$5',
    );
  const found = guid.exec(hyphened)?.[1];
  const braces = hyphened.startsWith('{') === hyphened.endsWith('}');
  return braces ? found?.toLowerCase() : undefined;
}

// The limit that the services document for the URL of a job's file, in characters.
const longestUrl = 2200;

/**
 * An http or https URL or, if `shares` is true, `\\server\share\file`. It is sent unchanged; a `URL`
 * object as its text.
 */
export function checkUrl(
  name: string,
  value: unknown,
  shares: boolean,
  longest = longestUrl,
): string {
  const text = value instanceof URL ? value.href : value;
  if (typeof text !== 'string') {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'a string or a URL', value, true);
  }
  const url = checkSecret(name, text, longest, 1);
  if (shares && /^\\\\[^\\]+\\[^\\]+\\/.test(url)) return url;
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  const expected = shares
    ? 'an http or https URL, or a path \\\\server\\share\\…'
    : 'an http or https URL';
  throw fault('ERR_INVALID_ARG_VALUE', name, expected, value, true);
}

/** An object that has at least one of these members; each one it has is a function. */
export function checkFunctions(name: string, value: unknown, members: readonly string[]): void {
  const object = checkObject<Record<string, unknown>>(name, value, 'an object of functions');
  const given = members.map((member) => [member, object[member]] as const);
  for (const [member, found] of given) {
    if (found !== undefined && typeof found !== 'function') {
      throw fault('ERR_INVALID_ARG_TYPE', `${name}.${member}`, 'a function', found);
    }
  }
  // A misspelled function would never be called.
  if (given.some(([, found]) => found !== undefined)) return;
  const expected = `an object with a function named ${oneOf(members)}`;
  throw fault('ERR_INVALID_ARG_VALUE', name, expected, value);
}

export function checkSignal(name: string, value: unknown): void {
  if (value === undefined || value instanceof AbortSignal) return;
  throw fault('ERR_INVALID_ARG_TYPE', name, 'an AbortSignal', value);
}
