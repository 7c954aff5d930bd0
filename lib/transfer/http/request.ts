// SPDX-License-Identifier: MIT
//
// Requests the file, or the rest of it. The caller's headers go to the origin that they are for, and to no
// other one that it redirects to.

import { abortError } from '../../errors.js';
import { withoutUser, type RequestHeaders } from '../credentials.js';
import { fetchError } from '../fetch-error.js';
import { follow, resolveAddress, type Resolved } from '../redirects.js';
import type { RouteSettings } from '../route.js';

/** A response whose body was not read yet. */
export interface Answer {
  response: Response;
  /** Whether a redirect led to it that only holds for a while, as one does that takes credentials. */
  renewable: boolean;
  /** Ends the request, whatever is left of the body. */
  end(): void;
}

/** The statuses of an address that is no longer valid, to which a redirect led. */
export const expired: ReadonlySet<number> = new Set([401, 403, 410]);

export class Requests {
  readonly #address: string;
  readonly #headers: RequestHeaders;
  readonly #fetch: typeof globalThis.fetch;
  // Where the redirects lead, if `fetch` cannot leave them to us.
  #resolved: Resolved | undefined;

  constructor(address: string, { fetch, headers }: RouteSettings) {
    [this.#address, this.#headers] = withoutUser(address, headers);
    this.#fetch = fetch;
  }

  /**
   * Sends a request. Rejects with the error of the connection or of a redirect, or with an AbortError, at
   * once even if `fetch` ignores its signal.
   *
   * @param own The headers of this request alone.
   */
  async send(own: RequestHeaders, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) throw abortError(signal);
    // Electron's fetch continues until its signal is aborted, even if nobody reads the body.
    const controller = new AbortController();
    const end = () => {
      signal.removeEventListener('abort', end);
      controller.abort();
    };
    signal.addEventListener('abort', end);
    const ended = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => {
        reject(abortError(controller.signal));
      });
    });
    ended.catch(() => undefined);
    try {
      const answer = await Promise.race([this.#answer(own, controller.signal), ended]);
      return { ...answer, end };
    } catch (error) {
      end();
      throw fetchError(error, signal);
    }
  }

  async #answer(own: RequestHeaders, signal: AbortSignal): Promise<Omit<Answer, 'end'>> {
    const send = (address: string, headers: RequestHeaders, init: RequestInit) =>
      this.#fetch(address, { ...init, headers: allOf(headers, own), signal });
    if (this.#fetch === globalThis.fetch) {
      const { response, redirected } = await follow(
        this.#address,
        this.#headers,
        (address, headers) => send(address, headers, { redirect: 'manual' }),
      );
      return { response, renewable: redirected && this.#headers.length > 0 };
    }
    // Electron's fetch cannot leave redirects to its caller, and has a cache, in which a download would only
    // take room.
    const uncached = { cache: 'no-store' };
    if (this.#headers.length === 0) {
      const response = await send(this.#address, [], { ...uncached, redirect: 'follow' });
      return { response, renewable: false };
    }
    const resolved = this.#resolved ?? (await resolveAddress(this.#address, this.#headers, signal));
    this.#resolved = undefined;
    const init = { ...uncached, redirect: 'error' } as const;
    const response = await send(resolved.address, resolved.headers, init);
    if (!expired.has(response.status)) this.#resolved = resolved;
    return { response, renewable: resolved.address !== this.#address };
  }
}

function allOf(headers: RequestHeaders, own: RequestHeaders): Headers {
  const all = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  for (const [name, value] of own) all.set(name, value);
  return all;
}
