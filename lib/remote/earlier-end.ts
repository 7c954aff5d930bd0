// SPDX-License-Identifier: MIT
//
// Recognizes a status that is out of date. A service may answer a start before it carries it out, and
// until then it still reports how the job or download had ended before. Microsoft's own tests of
// Delivery Optimization wait for this delay (microsoft/do-client, sdk-cpp/tests/test_helpers.h).

/** How a job or download had ended, and what else tells one end from another. */
export type End = `transferred${string}` | `failed${string}`;

// In milliseconds, several times what a service takes. An end that it still reports after that counts as
// new, because a start may also fail again at once.
const longestDelay = 3000;

export class EarlierEnd {
  // How it had ended when it was last read, undefined if it had not. If all work was done at that end,
  // also how much had been added when the end was first read.
  #read: { end: End | undefined; doneAt: number | undefined } | undefined;
  #before: { end: End; until: number } | undefined;

  /** Whether it was ever read. */
  get known(): boolean {
    return this.#read !== undefined;
  }

  /**
   * Records how the job or download had ended when it was read; undefined if it had not.
   *
   * @param doneAt How much work had been added, if all of it was done.
   */
  saw(end: End | undefined, doneAt: number | undefined): void {
    if (end !== this.#before?.end) this.#before = undefined;
    if (this.#read === undefined || end !== this.#read.end) this.#read = { end, doneAt };
  }

  /** Records a start. Where all work was done, only work added since has anything to start. */
  started(added: number): void {
    const { end, doneAt } = this.#read ?? {};
    if (end === undefined || (end.startsWith('transferred') && added === doneAt)) return;
    this.#before = { end, until: performance.now() + longestDelay };
  }

  /** Whether an end that was read is the one from before a start. */
  isOutdated(end: End | undefined): boolean {
    const before = this.#before;
    return before !== undefined && end === before.end && performance.now() < before.until;
  }
}
