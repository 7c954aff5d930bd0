// SPDX-License-Identifier: MIT
// Runs the checks of the smoke suite one after another, each with a limit, and counts them.

import { inspect } from 'node:util';

export class Checks {
  passed = 0;
  failed = 0;
  #limit;

  /** @param {number} limit the limit of a check, in milliseconds */
  constructor(limit) {
    this.#limit = limit;
  }

  /**
   * @param {string} name
   * @param {() => unknown} body
   */
  async check(name, body) {
    let timer;
    const tooLate = new Promise((_, reject) => {
      const late = () => reject(new Error(`no end after ${this.#limit} ms`));
      timer = setTimeout(late, this.#limit);
    });
    try {
      await Promise.race([(async () => body())(), tooLate]);
      this.passed++;
      console.log(`ok: ${name}`);
    } catch (error) {
      this.failed++;
      console.log(`FAILED: ${name}: ${inspect(error)}`);
    } finally {
      clearTimeout(timer);
    }
  }
}
