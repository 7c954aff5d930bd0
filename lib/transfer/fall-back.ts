// SPDX-License-Identifier: MIT
//
// What follows an attempt that failed: another address on the same route, another route, or the end,
// because every other route would meet the same.

import { statusError } from './fetch-error.js';
import { withoutUser } from './credentials.js';
import type { Failure } from './failure.js';
import type { DosvcError } from '../errors.js';
import type { RouteSettings } from './route.js';

/** Where the chain goes on. */
export type Next =
  /** The same address on the same route. */
  | 'again'
  | 'address'
  | 'route'
  /** Only `http`, and only once. */
  | 'http'
  | 'end';

/**
 * Decides what follows.
 *
 * @param onHold What the caller wants after a hold that lasted too long.
 */
export function nextAfter({ because, error }: Failure, onHttp: boolean, onHold: string): Next {
  switch (because) {
    case 'content':
      // Delivery Optimization remembers an address's size, and a cache may hold what the server replaced.
      return onHttp ? 'end' : 'http';
    case 'hold':
      return onHold === 'fail' ? 'end' : 'route';
    case 'stall':
      return 'address';
    case 'left':
      return 'route';
    case 'error':
    case 'redirects':
      if (error.hresult === DO_E_NO_DOWNLOADS) return 'again';
      if (meetsAll.has(error.hresult ?? 0)) return 'end';
      return error.blame === 'server' || error.blame === 'network' ? 'address' : 'route';
  }
}

// The download ended with the service's process, so it has to begin anew.
const DO_E_NO_DOWNLOADS = 0x80d02005;

// What lies in this machine or its rules, and not in the route.
const meetsAll: ReadonlySet<number> = new Set([
  0x80070070, // ERROR_DISK_FULL
  0x80070027, // ERROR_HANDLE_DISK_FULL
  0x80030070, // STG_E_MEDIUMFULL
  0x80070013, // ERROR_WRITE_PROTECT
  0x8020000d, // BG_E_DESTINATION_LOCKED
  0x8020003e, // BG_E_BLOCKED_BY_POLICY
  0x80d03002, // DO_E_NO_DOWNLOAD_EXTSETTINGS
  0x80d0201e, // DO_E_NETWORK_ACCESS_CONSENT_NEEDED
  0x800704ec, // ERROR_ACCESS_DISABLED_BY_POLICY
]);

// Statuses that another way, or another time, may not meet: the proxy's, and those of ranges and limits.
const ofTheWay: ReadonlySet<number> = new Set([407, 408, 416, 429]);

/** Whether a server refuses an address, as far as its status says. */
export function isRefusal({ httpStatus = 0 }: DosvcError): boolean {
  return httpStatus >= 400 && httpStatus < 500 && !ofTheWay.has(httpStatus);
}

// In milliseconds. A server that does not answer a `fetch` in time did not refuse it.
const patience = 10_000;

/** Whether one `fetch` of the first byte is refused, too, as a service was. */
export async function isRefusedByAll(
  given: string,
  settings: RouteSettings,
  signal: AbortSignal,
): Promise<boolean> {
  const [address, headers] = withoutUser(given, settings.headers);
  const limit = new AbortController();
  const abort = () => {
    limit.abort();
  };
  const timer = setTimeout(abort, patience);
  signal.addEventListener('abort', abort, { once: true });
  try {
    const response = await settings.fetch(address, {
      headers: [...headers.map(([name, value]): [string, string] => [name, value]), ...firstByte],
      // Headers are for this origin alone.
      redirect: headers.length > 0 ? 'manual' : 'follow',
      signal: limit.signal,
    });
    await response.body?.cancel().catch(() => undefined);
    return isRefusal(statusError(response.status));
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

const firstByte: [string, string][] = [
  ['Range', 'bytes=0-0'],
  ['Accept-Encoding', 'identity'],
];
