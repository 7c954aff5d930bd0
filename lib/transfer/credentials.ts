// SPDX-License-Identifier: MIT
//
// Which headers grant access. They must not reach another server than the one they are for.

import type { RequestHeaders } from '../headers.js';

// Whole names, and words between hyphens, as servers and clouds name what grants access.
const names = /^(cookie2?|apikey)$/i;
const words =
  /(^|-)(auth|authentication|authorization|credentials?|key|passw(or)?d|secret|session|signature|token)(-|$)/i;

/**
 * Whether a request grants access: by one of its headers, judged by its name, or by user information in
 * its address. If in doubt, it does.
 */
export function hasCredentials(headers: RequestHeaders, address = ''): boolean {
  return userIn(address) !== null || headers.some(([name]) => names.test(name) || words.test(name));
}

/**
 * Moves user information from an address into a header, as servers expect it. The services do not send
 * it, and `fetch` refuses such an address.
 */
export function withoutUser(address: string, headers: RequestHeaders): [string, RequestHeaders] {
  const user = userIn(address);
  if (user === null) return [address, headers];
  const bare = address.replace(userInformation, '$1');
  if (headers.some(([name]) => /^authorization$/i.test(name))) return [bare, headers];
  const basic = `Basic ${Buffer.from(user).toString('base64')}`;
  return [bare, [...headers, ['Authorization', basic]]];
}

const userInformation = /^(https?:\/\/)[^/?#\\]*@/i;

/** `'user:password'`, decoded; null without user information. */
function userIn(address: string): string | null {
  if (!userInformation.test(address) || !URL.canParse(address)) return null;
  const { username, password } = new URL(address);
  return `${decoded(username)}:${decoded(password)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
