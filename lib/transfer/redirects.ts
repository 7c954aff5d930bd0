// SPDX-License-Identifier: MIT
//
// Follows the redirects of an address before a service gets it. The services send a request's headers
// to every server that they are redirected to; this does not.

import { describe } from '../codes.js';
import { abortError, DosvcError } from '../errors.js';
import { withoutUser, type RequestHeaders } from './credentials.js';
import { fetchError, statusError } from './fetch-error.js';

/** An address that redirects no further, and the headers that may go there. */
export interface Resolved {
  address: string;
  headers: [name: string, value: string][];
}

// As many as `fetch` itself follows.
const mostRedirects = 20;
const redirects = new Set([301, 302, 303, 307, 308]);
const REDIRECT_FAILED = 0x80072f7c; // ERROR_WINHTTP_REDIRECT_FAILED
const rangeNotSatisfiable = 416;

/**
 * Follows the redirects of an address, by `globalThis.fetch`, and returns where they end. An address that
 * does not redirect is returned byte for byte, but without user information, which becomes a header. At
 * another origin, all headers are dropped. Nothing but the first byte is requested.
 *
 * Rejects with the error of the HTTP status; with `ERROR_WINHTTP_REDIRECT_FAILED` after 20 redirects, or
 * for one from https to http, which the services do not follow either; with the error of the connection;
 * or with an AbortError.
 */
export async function resolveAddress(
  given: string,
  headers: RequestHeaders,
  signal: AbortSignal,
): Promise<Resolved> {
  let [address, sent] = withoutUser(given, headers);
  for (let followed = 0; ; followed += 1) {
    const next = await redirectOf(address, sent, signal);
    if (next === undefined) return { address, headers: sent.map(([name, value]) => [name, value]) };
    if (followed === mostRedirects) {
      throw redirectError(`The server redirects more than ${String(mostRedirects)} times.`);
    }
    if (new URL(next).origin !== new URL(address).origin) sent = [];
    [address, sent] = withoutUser(next, sent);
  }
}

/** Where the server redirects a request to; undefined if it does not. */
async function redirectOf(
  address: string,
  headers: RequestHeaders,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { status, location } = await ask(address, headers, signal);
  if (!redirects.has(status)) {
    // An empty file has no first byte.
    if ((status >= 200 && status < 300) || status === rangeNotSatisfiable) return undefined;
    throw statusError(status);
  }
  if (location === null || !URL.canParse(location, address)) {
    throw redirectError('The server redirects, but not to an address.');
  }
  const next = new URL(location, address);
  next.hash = '';
  if (!/^https?:$/.test(next.protocol)) {
    throw redirectError('The server redirects to an address that is neither http nor https.');
  }
  if (next.protocol === 'http:' && /^https:/i.test(address)) {
    throw redirectError('The server redirects from https to http.');
  }
  return next.href;
}

// Some servers refuse HEAD, and some addresses are signed for GET alone.
async function ask(address: string, headers: RequestHeaders, signal: AbortSignal) {
  const request = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  // With a range, `fetch` asks for the bytes as they are, without a coding.
  request.set('Range', 'bytes=0-0');
  if (signal.aborted) throw abortError(signal);
  try {
    const response = await globalThis.fetch(address, {
      headers: request,
      redirect: 'manual',
      signal,
    });
    const { status } = response;
    const location = response.headers.get('location');
    await response.body?.cancel().catch(() => undefined);
    return { status, location: location === null ? null : asText(location) };
  } catch (error) {
    throw fetchError(error, signal);
  }
}

// A header's bytes arrive as characters; what is not ASCII in an address is UTF-8.
function asText(header: string): string {
  return Buffer.from(header, 'latin1').toString('utf8');
}

function redirectError(what: string): DosvcError {
  const { words, ...named } = describe(REDIRECT_FAILED, { meaning: what });
  return new DosvcError(`fetch: ${words}`, { operation: 'fetch', ...named });
}
