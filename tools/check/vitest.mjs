// SPDX-License-Identifier: MIT
// @ts-check
// Turns Vitest's results into the report of a check.

import { existsSync, readFileSync } from 'node:fs';
import { Report } from '../sdk/report.mjs';

/** @typedef {{ status: string, fullName: string }} Test */
/** @typedef {{ name: string, message: string, status: string, assertionResults: Test[] }} File */

/**
 * Counts each test, and each file that does not load.
 * @param {string} results the file that Vitest's JSON reporter wrote
 * @param {number} status Vitest's exit status
 * @param {{ mayBeEmpty?: boolean }} [options] whether it is acceptable that no test ran
 */
export function vitestReport(results, status, { mayBeEmpty = false } = {}) {
  const report = new Report();
  /** @type {{ numPassedTests: number, testResults: File[] }} */
  const { numPassedTests, testResults } = existsSync(results)
    ? JSON.parse(readFileSync(results, 'utf8'))
    : { numPassedTests: 0, testResults: [] };
  report.passed = numPassedTests;
  for (const { name, message, status: of, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    report.faults.push(...failed.map(({ fullName }) => `${name}: ${fullName}`));
    if (of === 'failed' && failed.length === 0) report.faults.push(`${name}: ${message}`);
  }
  if (report.faults.length === 0) {
    report.faults.push(
      ...(status === 0 ? [] : [`Vitest ended with ${String(status)}`]),
      ...(mayBeEmpty || numPassedTests > 0 ? [] : ['Vitest ran no test']),
    );
  }
  return report;
}
