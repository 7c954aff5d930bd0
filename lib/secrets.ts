// SPDX-License-Identifier: MIT
//
// Keeps out of errors what may grant access, because errors end up in logs and bug reports.

import { inspect } from 'node:util';

/**
 * What an error says of a refused value: of an object its class, never its content, and of a text that
 * may be secret its length.
 *
 * @param secret Whether the argument takes addresses, headers, proxies or credentials.
 */
export function received(value: unknown, secret = false): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object') return `an instance of ${classOf(value)}`;
  if (typeof value === 'string') {
    return secret || !isPlain(value)
      ? `a string of ${String(value.length)} characters`
      : inspect(value);
  }
  const shown = !secret && (typeof value === 'number' || typeof value === 'boolean');
  return shown ? String(value) : `a ${typeof value}`;
}

/** An address without user information, query and fragment; a path to a share as it is. */
export function withoutSecrets(address: string): string {
  if (address.startsWith('\\\\')) return address;
  return address
    .replace(/^([a-z][a-z0-9+.-]*:)?[\\/]{2,}[^/?#]*@/i, '$1//')
    .replace(/[?#].*$/s, '');
}

/** Whether a text is a short name or path of words and small numbers, and so hardly a secret. */
function isPlain(value: string): boolean {
  if (!/^([a-z]:(?=[\\/]))?[\p{L}\p{N} _.,(){}\\/-]{0,80}$/iu.test(value)) return false;
  return value
    .split(/[^\p{L}\p{N}]+/u)
    .every((word) => /^(\p{L}{0,40}\d{0,2}|.{0,12})$/u.test(word));
}

// Reading the class may run the caller's code, such as a trap of a proxy, and gives anything.
function classOf(value: object): string {
  try {
    const { name } = (Object.getPrototypeOf(value) as object).constructor;
    return /^[\w$]{1,80}$/.test(name) ? name : 'Object';
  } catch {
    return 'Object';
  }
}
