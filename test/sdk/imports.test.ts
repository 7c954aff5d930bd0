// SPDX-License-Identifier: MIT
// The check of the imports can fail: a function that is not written down, one that is not used, one
// that is newer than the list says, one of no library.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(__dirname, '../..');

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-imports-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The faults where the list has one text in the place of another. */
function faultsWith(right: string, wrong: string): string[] {
  const text = readFileSync(join(root, 'tools/sdk/imports/imports.json'), 'utf8');
  expect(text).toContain(right);
  const list = join(folder, 'imports.json');
  writeFileSync(list, text.replace(right, wrong));
  const command = ['tools/sdk/imports.mjs', '--list', list];
  const { stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  return stderr.split('\n').filter(Boolean).toSorted();
}

it('finds nothing in the list as it is', () => {
  expect(faultsWith('CoCreateInstance', 'CoCreateInstance')).toEqual([]);
});

it('finds a function that is not written down, and one that is not used', () => {
  expect(faultsWith('"CoTaskMemFree"', '"CoTaskMemAlloc"')).toEqual([
    'ole32.dll: CoTaskMemAlloc is written down, and unused',
    'ole32.dll: CoTaskMemFree (ia32) is imported, and not written down',
    'ole32.dll: CoTaskMemFree (x64) is imported, and not written down',
  ]);
});

it('finds functions that are newer than the list says', () => {
  const right = '"version": "0x0600",\n      "build": "0x06000000"';
  const wrong = '"version": "0x0502",\n      "build": "0x05020000"';
  expect(faultsWith(right, wrong)).toContain(
    'GetTickCount64 is not declared for Windows Vista, and before it: ' +
      "no member named 'GetTickCount64' in the global namespace",
  );
});

it("finds a function that the SDK's library does not have", () => {
  expect(faultsWith('"CoCreateInstance"', '"CoCreateInstance", "__C_specific_handler"')).toEqual([
    '__C_specific_handler is not declared for Windows Vista, and before it: no member named ' +
      "'__C_specific_handler' in the global namespace",
    'ole32.dll: __C_specific_handler is written down, and unused',
  ]);
});
