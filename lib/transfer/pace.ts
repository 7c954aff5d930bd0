// SPDX-License-Identifier: MIT
//
// Tells something at most once a second, and the newest of it always.

// In milliseconds.
const interval = 1000;

export class Pace {
  readonly #tell: () => void;
  #told = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** There is something new: tells it now, or as soon as a second has passed. */
  ask(): void {
    const wait = this.#told + interval - performance.now();
    if (wait <= 0) this.#now();
    else {
      this.#timer ??= setTimeout(() => {
        this.#now();
      }, wait);
    }
  }

  /** Tells nothing that was asked before. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #now(): void {
    this.stop();
    this.#told = performance.now();
    this.#tell();
  }
}
