// SPDX-License-Identifier: MIT
//
// When a server wants to be asked again.
// See https://www.rfc-editor.org/rfc/rfc9110#name-retry-after

import { httpDate } from './http-date.js';

/** In how many milliseconds the server wants to be asked again; undefined if it does not say it. */
export function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const then = httpDate(text);
  if (Number.isNaN(then)) return undefined;
  // By the server's own clock, if it says what that shows.
  const now = httpDate(headers.get('date'));
  return Math.max(0, then - (Number.isNaN(now) ? Date.now() : now));
}
