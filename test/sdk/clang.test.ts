// SPDX-License-Identifier: MIT
// tools/sdk/clang.mjs: what the checks' compilers are given.

import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

interface Clang {
  replaceFile: (file: string, text: string) => void;
}

const tool = pathToFileURL(join(__dirname, '../../tools/sdk/clang.mjs')).href;
const { replaceFile } = (await import(tool)) as Clang;

it('leaves a file to whoever reads it, and alone where nothing changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-clang-'));
  const file = join(folder, 'overlay.json');
  replaceFile(file, 'old');
  const { ino } = statSync(file);
  const reader = openSync(file, 'r');
  replaceFile(file, 'old');
  expect(statSync(file).ino).toBe(ino);
  replaceFile(file, 'new');
  expect(readFileSync(reader, 'utf8')).toBe('old');
  expect(readFileSync(file, 'utf8')).toBe('new');
  closeSync(reader);
  rmSync(folder, { recursive: true });
});
