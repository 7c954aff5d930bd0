// SPDX-License-Identifier: MIT
//
// How often and after which delays a request is repeated. What brings new bytes is repeated without end;
// what does not, a few times.

import type { DosvcError } from '../../errors.js';
import { restated } from '../restated.js';
import type { Setback } from './setback.js';

const usualTries = 5;
// In milliseconds; each further delay is twice as long.
const firstDelay = 500;
// After a connection that brought new bytes.
const shortDelay = 50;
// The caller is told of an error rather than kept waiting for longer.
const longestDelay = 300_000;

export class Patience {
  // The requests since the last one that brought new bytes.
  #tries = 0;

  /**
   * Counts a setback. Returns the delay before the next request, in milliseconds; throws the error if there
   * is to be none.
   *
   * @param gained Whether the request brought bytes that were not there before.
   */
  delayAfter({ error, again, after = 0, tries = usualTries }: Setback, gained: boolean): number {
    this.#tries = gained ? 0 : this.#tries + 1;
    if (!again) throw error;
    if (this.#tries >= tries) throw this.#last(error, `It was tried ${String(tries)} times.`);
    if (after > longestDelay) {
      const seconds = String(Math.ceil(after / 1000));
      throw this.#last(error, `The server wants to be asked again in ${seconds} s.`);
    }
    const usual = gained ? shortDelay : firstDelay * 2 ** (this.#tries - 1);
    // At random, so that many clients that failed together do not come back together; but never before the
    // server wants them to.
    return after + usual * (0.5 + Math.random() / 2);
  }

  #last(error: DosvcError, what: string): DosvcError {
    return restated(error, { addition: ` ${what}`, retryable: true });
  }
}
