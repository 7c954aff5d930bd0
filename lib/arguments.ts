// SPDX-License-Identifier: MIT
//
// Bad input is refused before anything is sent, with Node's own codes, naming the argument.

import { inspect } from 'node:util';

type Code = 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE' | 'ERR_OUT_OF_RANGE';

/** The error of an argument that is not what it must be. */
export function fault(
  code: Code,
  name: string,
  expected: string,
  value: unknown,
): TypeError | RangeError {
  const Kind = code === 'ERR_OUT_OF_RANGE' ? RangeError : TypeError;
  const printed = typeof value === 'string' ? withoutSecrets(value) : value;
  const shown = inspect(printed, { depth: 0, maxStringLength: 80, breakLength: Infinity });
  return Object.assign(new Kind(`The argument '${name}' must be ${expected}. Received ${shown}`), {
    code,
  });
}

/** An address without what may grant access: messages end up in logs. */
export function withoutSecrets(address: string): string {
  if (!/^[a-z]+:\/\//i.test(address)) return address;
  return address.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '');
}

/** A string of `shortest` to `longest` characters, which a null byte would cut off. */
export function checkString(name: string, value: unknown, longest: number, shortest = 1): string {
  return checkText(name, value, { longest, shortest });
}

/** The same of what may grant access: an error does not show it. */
export function checkSecret(name: string, value: unknown, longest: number): string {
  return checkText(name, value, { longest, shortest: 0, shown: hidden });
}

const hidden = { [inspect.custom]: () => 'a string that is not shown' };

interface Limits {
  longest: number;
  shortest: number;
  shown?: unknown;
}

function checkText(name: string, value: unknown, { longest, shortest, ...more }: Limits): string {
  if (typeof value !== 'string') throw fault('ERR_INVALID_ARG_TYPE', name, 'a string', value);
  const { shown = value } = more;
  if (value.length < shortest || value.length > longest) {
    const expected = `a string of ${String(shortest)} to ${String(longest)} characters`;
    throw fault('ERR_INVALID_ARG_VALUE', name, expected, shown);
  }
  if (value.includes('\0')) {
    throw fault('ERR_INVALID_ARG_VALUE', name, 'a string without null bytes', shown);
  }
  return value;
}

/** One of the literals of a table; its number. */
export function checkLiteral<T extends string>(
  name: string,
  value: unknown,
  table: Readonly<Record<T, number>>,
): number {
  return table[checkOneOf(name, value, Object.keys(table) as T[])];
}

/** One of the strings of a list. */
export function checkOneOf<T extends string>(name: string, value: unknown, list: readonly T[]): T {
  const found = list.find((item) => item === value);
  if (found !== undefined) return found;
  const code = typeof value === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE';
  throw fault(code, name, oneOf(list), value);
}

/** What is expected where it must be one of these. */
export function oneOf(list: readonly string[]): string {
  return `one of ${list.map((item) => `'${item}'`).join(', ')}`;
}

/** A whole number from `least` to `most`. */
export function checkInteger(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number') throw fault('ERR_INVALID_ARG_TYPE', name, 'a number', value);
  if (!Number.isInteger(value) || value < least || value > most) {
    const expected = `a whole number from ${String(least)} to ${String(most)}`;
    throw fault('ERR_OUT_OF_RANGE', name, expected, value);
  }
  return value;
}

// The largest number of 32 bits, for seconds and flags.
const most32 = 0xffffffff;

/** A whole number of 32 bits. */
export function checkUint32(name: string, value: unknown): number {
  return checkInteger(name, value, 0, most32);
}

export function checkBoolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw fault('ERR_INVALID_ARG_TYPE', name, 'a boolean', value);
  return value;
}

/** A list that is not empty; `of` says what of. */
export function checkList(name: string, value: unknown, of: string): unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  const code = Array.isArray(value) ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE';
  throw fault(code, name, `a list of at least one ${of}`, value);
}

/** An options object; absent is empty. */
export function checkOptions<T extends object>(name: string, value: T | undefined): Partial<T> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || (value as unknown) === null) {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'an object', value);
  }
  return value;
}

const guid = /^\{?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\}?$/i;

/** A GUID in any usual spelling, with or without braces or hyphens; lower case without braces. */
export function checkGuid(name: string, value: unknown): string {
  if (typeof value !== 'string') throw fault('ERR_INVALID_ARG_TYPE', name, 'a GUID string', value);
  const found = anyGuid(value);
  if (found === undefined) throw fault('ERR_INVALID_ARG_VALUE', name, 'a GUID string', value);
  return found;
}

/** The GUID that is spelled so, in lower case and without braces; undefined where it is none. */
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

// The services document 2,200 characters for the address of a job's file.
const longestUrl = 2200;

/** An http or https URL; where `shares` is true also `\\server\share\file`. Sent as given. */
export function checkUrl(
  name: string,
  value: unknown,
  shares: boolean,
  longest = longestUrl,
): string {
  const url = checkString(name, value, longest);
  if (shares && /^\\\\[^\\]+\\[^\\]+\\/.test(url)) return url;
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  const expected = shares
    ? 'an http or https URL, or a path \\\\server\\share\\…'
    : 'an http or https URL';
  throw fault('ERR_INVALID_ARG_VALUE', name, expected, value);
}

// The longest path that Windows knows, with the prefix for long paths.
const longestPath = 32_767;

/** A path with a drive or a share: the service has no current folder of ours. */
export function checkPath(name: string, value: unknown): string {
  const path = checkString(name, value, longestPath);
  if (/^[a-z]:[\\/]/i.test(path) || /^[\\/]{2}[^\\/]/.test(path)) return path;
  throw fault('ERR_INVALID_ARG_VALUE', name, 'an absolute path, as C:\\folder\\file', value);
}

/** An object whose members of these names are functions, where they are there. */
export function checkFunctions(name: string, value: unknown, members: readonly string[]): void {
  if (typeof value !== 'object' || value === null) {
    throw fault('ERR_INVALID_ARG_TYPE', name, 'an object of functions', value);
  }
  for (const member of members) {
    const found = (value as Record<string, unknown>)[member];
    if (found !== undefined && typeof found !== 'function') {
      throw fault('ERR_INVALID_ARG_TYPE', `${name}.${member}`, 'a function', found);
    }
  }
}

export function checkSignal(name: string, value: unknown): void {
  if (value === undefined || value instanceof AbortSignal) return;
  throw fault('ERR_INVALID_ARG_TYPE', name, 'an AbortSignal', value);
}
