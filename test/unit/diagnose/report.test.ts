// SPDX-License-Identifier: MIT
// The report: plain for programs, a page for people; and the words of every finding.

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../../lib/diagnose/finding.js';
import { reportOf } from '../../../lib/diagnose/report.js';
import { table } from '../../../lib/diagnose/table.js';
import { breaksEarly } from '../../terminal/breaks-early.js';

const finding = findingsIn(table);
const findings = [
  finding('service-running', { service: 'bits' }),
  finding('length-missing'),
  finding('redirected', { facts: { count: 1, host: 'example.com' } }),
  finding('policies-set', { service: 'bits', facts: { MaxJobsPerUser: 5 } }),
  finding('validator-missing'),
];
const report = reportOf({ url: 'https://example.com/a', started: false }, findings);

describe('a report', () => {
  it('is as grave as its gravest finding', () => {
    expect(report.severity).toBe('error');
    const about = { url: null, started: true };
    expect(reportOf(about, findings.slice(2)).severity).toBe('warning');
    expect(reportOf(about, findings.slice(0, 1)).severity).toBe('ok');
  });

  it('is the same after JSON and after a structured clone, which have no functions', () => {
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual({ ...report });
    expect(structuredClone(report)).toStrictEqual({ ...report });
    expect(Object.getPrototypeOf(report)).toBe(Object.prototype);
    expect(inspect(report)).not.toContain('toString');
  });

  it('is a page of ASCII with the gravest finding first', () => {
    const page = String(report);
    expect(page).toMatch(/^[\n\x20-\x7e]*$/);
    expect(page.split('\n').slice(0, 3)).toEqual([
      `dosvc ${report.version}, ${report.created}, https://example.com/a`,
      'error: 1, warning: 1, info: 2, ok: 1',
      'Nothing was started. With { start: true } (dosvc diagnose --start), the services are tried as well.',
    ]);
    expect(page.match(/^\[.*$/gm)).toEqual([
      '[error] length-missing',
      '[warning] validator-missing',
      '[info] redirected',
      '[info] policies-set (BITS)',
      '[ok] service-running (BITS)',
    ]);
    const lines = page.split('\n').map((line) => line.trim());
    expect(lines).toContain('MaxJobsPerUser = 5');
    expect(lines.join(' ')).toContain(
      'Delivery Optimization reports ERROR_WINHTTP_HEADER_NOT_FOUND, 0x80072F76. BITS reports BG_E_MISSING_FILE_SIZE, 0x80200011. What to do: Make the server send',
    );
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(100);
  });

  it.each([40, 80, 100, 200])('fills the lines of a terminal of %i columns', (columns) => {
    const lines = report.toString(columns).split('\n');
    // Of 200 columns, no more is used: longer lines are hard to read.
    const width = Math.min(columns, 100) - 1;
    expect(lines.filter(({ length }) => length > width)).toEqual([]);
    expect(lines.filter((line, at) => breaksEarly(line, lines[at + 1], width))).toEqual([]);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toBe(String(report).replace(/\s+/g, ' '));
  });

  it('does not speak of a start where there was one', () => {
    expect(String(reportOf({ url: null, started: true }, []))).not.toContain('start');
  });
});

describe('the words of every finding', () => {
  it.each(Object.entries(table))('%s', (code, entry: (typeof table)[keyof typeof table]) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(entry.meaning).toMatch(/^([A-Z][\x20-\x7e]*|\{\w+\}[\x20-\x7e]*)[.}]$/);
    if ('advice' in entry) expect(entry.advice).toMatch(/^([A-Z][\x20-\x7e]*\.|\{remedy\})$/);
    // What is in the way has a way out.
    if (entry.severity === 'error') expect(entry).toHaveProperty('advice');
  });
});
