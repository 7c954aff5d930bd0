// SPDX-License-Identifier: MIT
//
// The addresses of a download as the routes get them: a service gets one with headers only after its
// redirects were followed. `http` follows them itself.

import { DosvcError } from '../errors.js';
import type { RequestHeaders } from '../headers.js';
import { hasCredentials } from './credentials.js';
import { resolveAddress } from './redirects.js';
import type { Request } from './request.js';
import { restated } from './restated.js';
import type { RouteName } from './route.js';

/** An address as a route gets it. */
export interface Destination {
  address: string;
  headers: RequestHeaders;
  /** Whether the server redirected to it, so that it may be valid for a while only. */
  redirected: boolean;
}

export class Addresses {
  readonly #headers: RequestHeaders;
  /** The one that the headers are for: that of the first address. */
  readonly #origin: string;
  readonly #signal: AbortSignal;
  readonly #found = new Map<string, Promise<Destination>>();

  constructor(
    { addresses: [first = ''], route }: Pick<Request, 'addresses' | 'route'>,
    signal: AbortSignal,
  ) {
    this.#headers = route.headers;
    this.#origin = originOf(first);
    this.#signal = signal;
  }

  /**
   * Where a route fetches an address from. Rejects with the error of the request that followed the
   * redirects.
   *
   * @param anew Whether what was found before is no longer valid.
   */
  async find(route: RouteName, address: string, anew: boolean): Promise<Destination> {
    const headers = this.headersFor(address);
    if (!this.#mustFollow(route, address, headers)) return { address, headers, redirected: false };
    const found = anew ? undefined : this.#found.get(address);
    if (found !== undefined) return found;
    const destination = this.#follow(address, headers);
    this.#found.set(address, destination);
    // A failure is not remembered: the next route asks again.
    destination.catch(() => this.#found.delete(address));
    return destination;
  }

  /** A mirror at another origin is another server, which must not get what is for the first one. */
  headersFor(address: string): RequestHeaders {
    return originOf(address) === this.#origin ? this.#headers : [];
  }

  // The services send every header to any server that they are redirected to; `http` drops them.
  #mustFollow(route: RouteName, address: string, headers: RequestHeaders): boolean {
    return route !== 'http' && (headers.length > 0 || hasCredentials(headers, address));
  }

  async #follow(given: string, sent: RequestHeaders): Promise<Destination> {
    try {
      const { address, headers } = await resolveAddress(given, sent, this.#signal);
      return { address, headers, redirected: address !== given };
    } catch (error) {
      throw error instanceof DosvcError ? restated(error, { addition: lookUp }) : error;
    }
  }
}

const lookUp =
  " It was globalThis.fetch that failed, which looks up an address's redirects before a service gets the address with headers. The option 'fetch' is for the route http alone.";

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '';
}
