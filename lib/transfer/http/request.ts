// SPDX-License-Identifier: MIT
//
// Requests the file, or the rest of it. The caller's headers go to the origin that they are for, and to no
// other one that it redirects to.

import { abortError } from '../../errors.js';
import type { RequestHeaders } from '../../headers.js';
import { withoutUser } from '../credentials.js';
import { checkResponse, fetchError } from '../fetch-error.js';
import { follow } from '../redirects.js';
import type { RouteSettings } from '../route.js';
import { OtherFetch, type Reply, type Send } from './other-fetch.js';

/** A response whose body was not read yet. */
export interface Answer extends Reply {
  /** Ends the request, whatever is left of the body. */
  end(): void;
}

export class Requests {
  readonly #address: string;
  readonly #headers: RequestHeaders;
  readonly #fetch: typeof globalThis.fetch;
  readonly #other: OtherFetch;

  constructor(address: string, { fetch, headers }: RouteSettings) {
    [this.#address, this.#headers] = withoutUser(address, headers);
    this.#fetch = fetch;
    this.#other = new OtherFetch(this.#address, this.#headers);
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

  async #answer(own: RequestHeaders, signal: AbortSignal): Promise<Reply> {
    const send: Send = async (address, headers, init) =>
      checkResponse(await this.#fetch(address, { ...init, headers: allOf(headers, own), signal }));
    if (this.#fetch !== globalThis.fetch) return this.#other.answer(send, signal);
    const { response, redirected } = await follow(
      this.#address,
      this.#headers,
      (address, headers) => send(address, headers, { redirect: 'manual' }),
    );
    return { response, renewable: redirected && this.#headers.length > 0 };
  }
}

function allOf(headers: RequestHeaders, own: RequestHeaders): Headers {
  const all = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  for (const [name, value] of own) all.set(name, value);
  return all;
}
