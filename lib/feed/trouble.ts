// SPDX-License-Identifier: MIT
//
// Decides when a failure to read a job or download is reported. One failed look proves nothing, and a
// service that has stopped usually comes back, so a failure is reported once it lasts.

import { isGone } from '../codes.js';
import type { DosvcError } from '../errors.js';
import type { Source } from './subject.js';

export class Trouble {
  // The code of the latest failure, and the number of consecutive failures with it.
  #code: string | undefined;
  #failures = 0;
  // When the looks began to fail.
  #since = 0;
  #reported: string | undefined;

  /**
   * Records that a look failed. Returns whether to report it: from the second consecutive failure with
   * the same code on or, if the service has stopped, once it has not answered for the source's
   * patience. Consecutive failures with the same code are reported once.
   *
   * @param final Whether no success can follow: the failure is then reported at once.
   */
  failed(error: DosvcError, { patience, answered }: Source, final: boolean): boolean {
    const now = performance.now();
    if (this.#code === undefined) this.#since = now;
    else if (isGone(error.hresult) && answered > this.#since) {
      // The service was back in the meantime. Any other failure is itself an answer.
      [this.#since, this.#reported] = [answered, undefined];
    }
    this.#failures = error.code === this.#code ? this.#failures + 1 : 1;
    this.#code = error.code;
    const lasts = isGone(error.hresult) ? now - this.#since >= patience : this.#failures > 1;
    if ((!lasts && !final) || this.#reported === error.code) return false;
    this.#reported = error.code;
    return true;
  }

  /** Records that a look succeeded. */
  end(): void {
    this.#code = undefined;
    this.#reported = undefined;
  }
}
