// SPDX-License-Identifier: MIT
// tools/check/vitest.mjs: what a check reports about the tests that it ran.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

interface Results {
  vitestReport: (results: string, status: number) => { counts: string; faults: string[] };
}

const root = join(__dirname, '../..');
const tool = pathToFileURL(join(root, 'tools/check/vitest.mjs')).href;
const { vitestReport } = (await import(tool)) as Results;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-results-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The report on these test files. */
function reportOf(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const results = join(folder, 'results.json');
  const { status } = spawnSync(process.execPath, [
    ...[join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--globals'],
    ...['--reporter=json', `--outputFile=${results}`],
  ]);
  const { counts, faults } = vitestReport(results, status ?? 1);
  return { counts, faults: faults.map((fault) => fault.replace(/^.*?\/(?=\w\.test)/, '')) };
}

const well = "it('is well', () => {});";

it('counts the tests that pass', () => {
  expect(reportOf({ 'a.test.ts': well })).toEqual({ counts: '1 passed, 0 failed', faults: [] });
});

it('counts the tests that fail, names them, and says why', () => {
  const fails =
    "it('fails', () => { throw new Error('no\\nway'); }); it('fails, too', () => expect(1).toBe(2));";
  expect(reportOf({ 'a.test.ts': well + fails })).toEqual({
    counts: '1 passed, 2 failed',
    faults: [
      'a.test.ts: fails\n    Error: no\n    way',
      expect.stringMatching(/^a\.test\.ts: fails, too\n {4}AssertionError: expected 1 to be 2/),
    ],
  });
});

it('counts a file that does not load as a failure', () => {
  const { counts, faults } = reportOf({ 'a.test.ts': well, 'b.test.ts': "import './nowhere.js';" });
  expect(counts).toBe('1 passed, 1 failed');
  expect(faults).toEqual([expect.stringMatching(/^b\.test\.ts: .*nowhere\.js/)]);
});

it('reports a run without results as a failure', () => {
  expect(vitestReport(join(folder, 'results.json'), 1).faults).toEqual([
    'Vitest ended with 1',
    'Vitest ran no test',
  ]);
});
