// SPDX-License-Identifier: MIT
// @ts-check
// What Vitest found, counted as a check counts.

import { existsSync, readFileSync } from 'node:fs';
import { Report } from '../sdk/report.mjs';

/** @typedef {{ status: string, fullName: string }} Test */
/** @typedef {{ name: string, message: string, status: string, assertionResults: Test[] }} File */

/**
 * Each test, and each file that does not load.
 * @param {string} results what its JSON reporter wrote
 * @param {number} status its exit status
 * @param {{ mayBeEmpty?: boolean }} [options] whether no test at all is no fault
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
