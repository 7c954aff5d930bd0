// SPDX-License-Identifier: MIT
// @ts-check
// Turns Vitest's results into the report of a check.

import { existsSync, readFileSync } from 'node:fs';
import { Report } from '../sdk/report.mjs';

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} Test */
/** @typedef {{ name: string, message: string, status: string, assertionResults: Test[] }} File */

/**
 * Why a test failed, without the stack: its name in one line, the first lines of the reason below.
 * @param {string} file
 * @param {Test} test
 */
function faultOf(file, { fullName, failureMessages }) {
  const [reason = ''] = failureMessages;
  const lines = reason.split('\n').filter((line) => !/^\s+at |^\s*$/.test(line));
  return [`${file}: ${fullName}`, ...lines.slice(0, 12)].join('\n    ');
}

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
    report.faults.push(...failed.map((test) => faultOf(name, test)));
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
