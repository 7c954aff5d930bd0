// SPDX-License-Identifier: MIT
// The check of the imports can fail: it finds a function that is not listed, one that is not used,
// one that is newer than the list says, and one that is in no library.

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

/** The faults that the check finds if one text of the list is replaced by another. */
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

it('finds a function that is not listed, and one that is not used', () => {
  expect(faultsWith('"CoTaskMemFree"', '"CoTaskMemAlloc"')).toEqual([
    'ole32.dll: CoTaskMemAlloc is listed but not imported',
    'ole32.dll: CoTaskMemFree (ia32) is imported but not listed',
    'ole32.dll: CoTaskMemFree (x64) is imported but not listed',
  ]);
});

it('finds a function that is newer than Windows 10 1809, by its page', () => {
  const newer = '{ "client": "Windows 11 Build 22000", "functions": ';
  const functions = '{ "kernel32.dll": { "fileapi": ["GetTempPath2W"] } } }';
  expect(faultsWith('"system": [', `"system": [${newer}${functions},`)).toEqual([
    'GetTempPath2W requires Windows 11 Build 22000, which is newer than Windows 10 1809',
    'kernel32.dll: GetTempPath2W is listed but not imported',
  ]);
});

it('finds a function that is newer than Windows 10 1809, by the header', () => {
  expect(faultsWith('["GetTickCount64"]', '["GetTickCount64", "QueueUserAPC2"]')).toEqual([
    "QueueUserAPC2 is not declared for Windows 10 1809: no member named 'QueueUserAPC2' in the " +
      'global namespace',
    'kernel32.dll: QueueUserAPC2 is listed but not imported',
  ]);
});

it("finds a function that the SDK's library does not have", () => {
  expect(faultsWith('["GetTickCount64"]', '["GetTickCount64", "__C_specific_handler"]')).toEqual([
    '__C_specific_handler is not declared for Windows 10 1809: no member named ' +
      "'__C_specific_handler' in the global namespace",
    "kernel32.dll: __C_specific_handler (x64) is not in the SDK's import library",
  ]);
});

it('finds a library and a function of the system among those of the runtime', () => {
  const moved = '"ole32.dll": ["CoCreateInstance"], "msvcrt.dll": [';
  expect(faultsWith('"msvcrt.dll": [', moved)).toEqual([
    'imports.json: runtime lists functions of msvcrt.dll, not of ole32.dll',
  ]);
  expect(faultsWith('["__C_specific_handler"]', '["__C_specific_handler", "Sleep"]')).toEqual([
    "imports.json: Sleep is in the SDK's import library",
  ]);
});
