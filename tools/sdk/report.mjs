// SPDX-License-Identifier: MIT
// @ts-check
// Counts checks, and keeps a message for each one that failed.

export class Report {
  passed = 0;
  /** @type {string[]} */
  faults = [];

  /**
   * @param {boolean} isWell
   * @param {string} fault the message if it is not
   */
  check(isWell, fault) {
    if (isWell) this.passed++;
    else this.faults.push(fault);
  }

  /** @param {Report} other */
  add(other) {
    this.passed += other.passed;
    this.faults.push(...other.faults);
  }

  get counts() {
    return `${String(this.passed)} passed, ${String(this.faults.length)} failed`;
  }
}
