// SPDX-License-Identifier: MIT
//
// Recognizes a status that is out of date. A service may answer a start before it carries it out, and
// until then it still reports how the job or download had ended before. Microsoft's own tests of
// Delivery Optimization wait for this delay (microsoft/do-client, sdk-cpp/tests/test_helpers.h).

/** How a job or download had ended, and what else tells one end from another. */
export type End = `transferred${string}` | `failed${string}`;

// In milliseconds. An end that the service still reports then is taken for a new one.
const longestDelay = 3000;

export class EarlierEnd {
  // How it had ended when it was last read, undefined if it had not, and how much work had been added
  // when that end was first read.
  #read: { end: End | undefined; added: number } = { end: undefined, added: 0 };
  #before: { end: End; until: number } | undefined;

  /** Records how the job or download had ended when it was read; undefined if it had not. */
  saw(end: End | undefined, added: number): void {
    if (end !== this.#before?.end) this.#before = undefined;
    if (end !== this.#read.end) this.#read = { end, added };
  }

  /** Records a start. Where everything was transferred, only work added since has anything to start. */
  started(added: number): void {
    const { end, added: then } = this.#read;
    if (end === undefined || (end.startsWith('transferred') && added === then)) return;
    this.#before = { end, until: performance.now() + longestDelay };
  }

  /** Whether an end that was read is the one from before a start. */
  isOutdated(end: End | undefined): boolean {
    const before = this.#before;
    return before !== undefined && end === before.end && performance.now() < before.until;
  }
}
