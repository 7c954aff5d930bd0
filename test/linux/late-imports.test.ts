// SPDX-License-Identifier: MIT
// The check of late imports finds a binary for 32 bits whose thunks the linker dropped, and accepts one
// that has them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lateImportFaults } from '../../tools/check/late-imports.mjs';
import { run } from '../../tools/command.mjs';

const folder = mkdtempSync(join(tmpdir(), 'dosvc-late-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** @param declared how the source declares the functions of Node-API */
function build(name: string, declared: string): string {
  const file = (extension: string) => join(folder, `${name}.${extension}`);
  writeFileSync(file('def'), 'NAME node.exe\nEXPORTS\nnapi_get_version\n');
  writeFileSync(
    file('c'),
    `${declared} int napi_get_version(void*, void*);
     __declspec(dllexport) int Call(void) { return napi_get_version(0, 0); }\n`,
  );
  run('i686-w64-mingw32-dlltool', [...['-d', file('def'), '-D', 'node.exe', '-y', file('a')]]);
  run('i686-w64-mingw32-gcc-posix', [
    ...['-shared', '-static', '-o', file('dll'), file('c'), file('a'), '-ldelayimp'],
  ]);
  return file('dll');
}

it('the pointers alone do not suffice', () => {
  const file = build('pointers', '__declspec(dllimport)');
  expect(lateImportFaults(file)).toContain(`${file}: napi_get_version has no thunk`);
});

it('the thunks do', () => {
  expect(lateImportFaults(build('thunks', ''))).toEqual([]);
});
