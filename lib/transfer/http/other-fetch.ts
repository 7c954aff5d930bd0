// SPDX-License-Identifier: MIT
//
// Redirects with another `fetch` than Node's own. Whether it leaves them to its caller is known only when
// there is one: Electron's does not. So whatever may not reach another origin is either sent without
// following redirects, or to an address of which `globalThis.fetch` has found that it does not redirect.

import { DosvcError } from '../../errors.js';
import type { RequestHeaders } from '../../headers.js';
import { hasCredentials } from '../credentials.js';
import { fetchError } from '../fetch-error.js';
import { follow, resolveAddress, type Resolved } from '../redirects.js';
import { restated } from '../restated.js';

/** A response, and what led to it. */
export interface Reply {
  response: Response;
  /** Whether a redirect led to it that only holds for a while, as one does that takes credentials. */
  renewable: boolean;
}

/** Sends one request. */
export type Send = (
  address: string,
  headers: RequestHeaders,
  init: RequestInit,
) => Promise<Response>;

/** The statuses of an address that is no longer valid, to which a redirect led. */
export const expired: ReadonlySet<number> = new Set([401, 403, 410]);

// Electron's fetch has a cache, in which a download would only take room.
const uncached = { cache: 'no-store' };

export class OtherFetch {
  readonly #address: string;
  readonly #headers: RequestHeaders;
  // Whether redirects are looked up first.
  #looksUp: boolean;
  #resolved: Resolved | undefined;

  constructor(address: string, headers: RequestHeaders) {
    this.#address = address;
    this.#headers = headers;
    this.#looksUp = hasCredentials(headers);
  }

  /** Requests the file by `send`. Rejects as that does, or with the error of a redirect. */
  async answer(send: Send, signal: AbortSignal): Promise<Reply> {
    if (this.#headers.length === 0) {
      const response = await send(this.#address, [], { ...uncached, redirect: 'follow' });
      return { response, renewable: false };
    }
    let failed: DosvcError | undefined;
    if (this.#looksUp) {
      try {
        return await this.#ask(await this.#lookUp(signal), send);
      } catch (error) {
        if (!(error instanceof LookUpFailed)) throw error;
        // It may be that only the caller's fetch knows the way, such as a proxy.
        failed = error.reason;
        this.#looksUp = false;
      }
    }
    try {
      return await this.#follow(send);
    } catch (error) {
      if (!(error instanceof HiddenRedirect)) throw error;
      if (failed !== undefined) throw restated(failed, { addition: hidden });
    }
    this.#looksUp = true;
    try {
      return await this.#ask(await this.#lookUp(signal), send);
    } catch (error) {
      throw error instanceof LookUpFailed ? restated(error.reason, { addition: hidden }) : error;
    }
  }

  async #lookUp(signal: AbortSignal): Promise<Resolved> {
    try {
      return this.#resolved ?? (await resolveAddress(this.#address, this.#headers, signal));
    } catch (error) {
      throw isUnreached(error) ? new LookUpFailed(error) : error;
    }
  }

  async #ask(resolved: Resolved, send: Send): Promise<Reply> {
    this.#resolved = undefined;
    const { address, headers } = resolved;
    const response = await send(address, headers, { ...uncached, redirect: 'error' });
    if (!expired.has(response.status)) this.#resolved = resolved;
    return { response, renewable: address !== this.#address };
  }

  async #follow(send: Send): Promise<Reply> {
    const { response, redirected } = await follow(
      this.#address,
      this.#headers,
      async (address, headers) => {
        const shown = await send(address, headers, { ...uncached, redirect: 'manual' }).catch(
          (error: unknown) => {
            throw isRedirect(error) ? new HiddenRedirect() : error;
          },
        );
        // One that has followed it all the same is not to be trusted with headers again.
        if (shown.type === 'opaqueredirect' || shown.redirected) throw new HiddenRedirect();
        return shown;
      },
    );
    return { response, renewable: redirected };
  }
}

/**
 * Whether the server was not reached, where another fetch may know a proxy. What the server itself answers
 * must not have the headers go another way.
 */
function isUnreached(error: unknown): error is DosvcError {
  if (!(error instanceof DosvcError) || error.code === 'ERROR_WINHTTP_REDIRECT_FAILED')
    return false;
  return error.httpStatus === undefined || error.httpStatus === 407;
}

function isRedirect(error: unknown): boolean {
  const { code } = fetchError(error) as Partial<DosvcError>;
  return code === 'ERROR_WINHTTP_REDIRECT_FAILED';
}

/** The server redirects, and the caller's fetch does not show where. */
class HiddenRedirect extends Error {}

/** `globalThis.fetch` did not find where the redirects lead. */
class LookUpFailed extends Error {
  readonly reason: DosvcError;

  constructor(reason: DosvcError) {
    super(reason.message);
    this.reason = reason;
  }
}

const hidden =
  " It was globalThis.fetch that failed, which looked up where the server redirects to: the option 'fetch' does not show it, and the headers must not reach another origin.";
