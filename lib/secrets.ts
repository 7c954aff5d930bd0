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
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `an instance of ${classOf(value)}`;
  if (typeof value !== 'string' || (!secret && isPlain(value))) return inspect(value);
  return `a string of ${String(value.length)} characters`;
}

/** An address without user information, query and fragment. */
export function withoutSecrets(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i, '$1//').replace(/[?#].*$/s, '');
}

/** Whether a text is a short name, number or path, and no part of an address or of a header. */
function isPlain(value: string): boolean {
  return /^[\p{L}\p{N} _.,(){}\\/-]{0,80}$/u.test(value.replace(/^[a-z]:/i, ''));
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
