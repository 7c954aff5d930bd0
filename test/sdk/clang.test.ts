// SPDX-License-Identifier: MIT
// tools/sdk/clang.mjs: the files and the arguments that the checks' compilers receive.

import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

interface Clang {
  clangArguments: (target: string) => string[];
  replaceFile: (file: string, text: string) => void;
}

const tool = pathToFileURL(join(__dirname, '../../tools/sdk/clang.mjs')).href;
const { clangArguments, replaceFile } = (await import(tool)) as Clang;

it('replaces a file without disturbing its reader, and leaves an unchanged file alone', () => {
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

it('defines what binding.gyp defines', () => {
  const definitions = clangArguments('x86_64').filter((one) => one.startsWith('-D'));
  const own = definitions.filter((one) => !/^-D_(LIBCPP|Interlocked)_/.test(one));
  expect(own).toEqual([
    ...['-DNAPI_VERSION=8', '-DNAPI_DISABLE_CPP_EXCEPTIONS'],
    ...['-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS', '-DDOSVC_VERSION="0"'],
    ...['-DUNICODE', '-D_UNICODE', '-DNOMINMAX', '-DWIN32_LEAN_AND_MEAN'],
    ...['-D_WIN32_WINNT=0x0A00', '-D_HAS_EXCEPTIONS=1'],
  ]);
});
