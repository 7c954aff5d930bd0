// SPDX-License-Identifier: MIT
//
// A download of a service that runs, and what ends it early: the updater's token, or detach().

import type { CancellationToken } from './surface.js';

export class Running {
  readonly #token: CancellationToken;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #end: () => void = () => undefined;

  constructor(token: CancellationToken) {
    this.#token = token;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    token.onCancel(this.#abort);
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Ends it. Resolves when nothing of it remains. */
  stop(): Promise<void> {
    this.#abort();
    return this.#ended;
  }

  /** It is over. */
  end(): void {
    this.#token.removeListener('cancel', this.#abort);
    this.#end();
  }

  readonly #abort = (): void => {
    this.#stopping.abort();
  };
}
