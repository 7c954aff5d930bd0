// SPDX-License-Identifier: MIT
// @ts-check
// Sums up the results of one run of the suites, and of several.

import { vitestReport } from '../check/vitest.mjs';
import { provedIn } from './proofs.mjs';

/** @param {number} passed @param {number} failed */
function counts(passed, failed) {
  return `${String(passed)} passed, ${String(failed)} failed`;
}

/** One run of the suites. */
export class Tally {
  passed = 0;
  /** @type {string[]} each with its suite and file */
  failed = [];
  /** @type {string[]} */
  lines = [];
  /** @type {{ name: string, passed: number, failed: number }[]} */
  suites = [];
  /** @type {import('../generate/rows/proofs.mjs').Proofs} what the tests that passed have proved */
  proofs;

  /**
   * @param {{ name: string, status: number, seconds: number, file: string }[]} results `file` is
   *   what Vitest's JSON reporter wrote
   * @param {boolean} filtered whether a filter chose the tests: then a suite may have none
   */
  constructor(results, filtered) {
    for (const { name, status, seconds, file } of results) {
      const { passed, faults } = vitestReport(file, status, { mayBeEmpty: filtered });
      this.passed += passed;
      this.suites.push({ name, passed, failed: faults.length });
      this.failed.push(...faults.map((fault) => `${name}: ${fault}`));
      const took = `${seconds.toFixed(0)} s`;
      if (filtered && passed + faults.length === 0) continue;
      this.lines.push(`${name}: ${counts(passed, faults.length)} (${took})`);
    }
    this.proofs = provedIn(results.map(({ file }) => file));
    if (this.passed + this.failed.length === 0) this.failed.push('There is no such test.');
  }

  get counts() {
    return counts(this.passed, this.failed.length);
  }
}

/**
 * How often each test failed in several runs, the most frequent first.
 * @param {Tally[]} tallies
 */
export function frequencies(tallies) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const fault of tallies.flatMap(({ failed }) => failed)) {
    const [name = ''] = fault.split('\n');
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  const sorted = [...times].sort(([, left], [, right]) => right - left);
  return sorted.map(([name, count]) => `${String(count)} of ${String(tallies.length)}: ${name}`);
}
