// SPDX-License-Identifier: MIT
//
// Follows redirects, also before a service gets an address. The services send a request's headers to every
// server that they are redirected to, and so do some kinds of `fetch`; this does not.

import { describe } from '../codes.js';
import { abortError, DosvcError } from '../errors.js';
import type { RequestHeaders } from '../headers.js';
import { withoutUser } from './credentials.js';
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

/** A response, and where it came from. */
export interface Followed extends Resolved {
  response: Response;
  redirected: boolean;
}

/**
 * Follows the redirects of an address, by `globalThis.fetch`, and returns where they end. An address that
 * does not redirect is returned byte for byte, but without user information, which becomes a header. At
 * another origin, all headers are dropped. Nothing but the first byte is requested.
 *
 * Rejects with the error of the HTTP status, of {@link follow}, or of the connection; or with an AbortError.
 */
export async function resolveAddress(
  given: string,
  headers: RequestHeaders,
  signal: AbortSignal,
): Promise<Resolved> {
  const followed = await follow(given, headers, (...request) => ask(...request, signal));
  const { status } = followed.response;
  // An empty file has no first byte.
  const found = (status >= 200 && status < 300) || status === rangeNotSatisfiable;
  if (!found) throw statusError(status);
  return { address: followed.address, headers: followed.headers };
}

/**
 * Requests an address, and those that it redirects to, and returns the response that does not redirect. At
 * another origin, all headers are dropped.
 *
 * Rejects with `ERROR_WINHTTP_REDIRECT_FAILED` after 20 redirects, in a circle, or for a redirect from
 * https to http, which the services do not follow either; or as `request` does.
 *
 * @param request Requests an address without following its redirects.
 */
export async function follow(
  given: string,
  headers: RequestHeaders,
  request: (address: string, headers: RequestHeaders) => Promise<Response>,
): Promise<Followed> {
  let [address, sent] = withoutUser(given, headers);
  const visited = new Set<string>();
  for (;;) {
    visited.add(address);
    const response = await request(address, sent);
    if (!redirects.has(response.status)) {
      const left = sent.map(([name, value]): [string, string] => [name, value]);
      return { address, headers: left, response, redirected: visited.size > 1 };
    }
    await response.body?.cancel().catch(() => undefined);
    const next = targetOf(response.headers.get('location'), address);
    if (visited.size > mostRedirects) {
      throw redirectError(`The server redirects more than ${String(mostRedirects)} times.`);
    }
    if (new URL(next).origin !== new URL(address).origin) sent = [];
    [address, sent] = withoutUser(next, sent);
    if (visited.has(address)) throw redirectError('The server redirects in a circle.');
  }
}

/** Where a redirect leads. */
function targetOf(location: string | null, address: string): string {
  const text = location === null ? null : asText(location);
  if (text === null || !URL.canParse(text, address)) {
    throw redirectError('The server redirects, but not to an address.');
  }
  const next = new URL(text, address);
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
async function ask(
  address: string,
  headers: RequestHeaders,
  signal: AbortSignal,
): Promise<Response> {
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
    await response.body?.cancel().catch(() => undefined);
    return response;
  } catch (error) {
    throw fetchError(error, signal);
  }
}

// A header's bytes arrive as characters; what is not ASCII in an address is UTF-8.
function asText(header: string): string {
  return Buffer.from(header, 'latin1').toString('utf8');
}

const advice = 'Check the server, or use the address of the file itself.';

function redirectError(what: string): DosvcError {
  const { words, ...named } = describe(REDIRECT_FAILED, { meaning: what, advice });
  return new DosvcError(`fetch: ${words}`, { operation: 'fetch', ...named });
}
