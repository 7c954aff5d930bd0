// SPDX-License-Identifier: MIT
// The sections of a Windows program can be mapped from its file, and are unchanged: objdump, not our own code,
// reads them.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../../tools/command.mjs';
import { alignPages } from '../../tools/setup/page-aligned.mjs';
import { windowsNodePath } from '../../tools/setup/runtimes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'dosvc-aligned-'));

const signature = Buffer.from('a signature');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Whether each section of a program starts at a page boundary in its file. */
function isAligned(program: string): boolean {
  const table = run('x86_64-w64-mingw32-objdump', ['--section-headers', program]);
  const section = /^ +\d+ \S+(?: +[\da-f]+){3} +([\da-f]{8}) +2\*\*/gm;
  const starts = Array.from(table.matchAll(section), ([, start = '']) => parseInt(start, 16));
  expect(starts.length).toBeGreaterThan(4);
  return starts.every((start) => start % 4096 === 0);
}

it.each(['20', '22'])('Wine can map Node %s', (which) => {
  expect(isAligned(windowsNodePath(which))).toBe(true);
});

/** Appends a signature. @param directories the offset of the data directories in the optional header */
function sign(program: string, directories: number) {
  const file = readFileSync(program);
  const entry = file.readUInt32LE(0x3c) + 24 + directories + 4 * 8;
  file.writeUInt32LE(file.length, entry);
  file.writeUInt32LE(signature.length, entry + 4);
  writeFileSync(program, Buffer.concat([file, signature]));
}

it.each([
  ['x86_64', 112],
  ['i686', 96],
])('a program for %s keeps its sections and loses its signature', (processor, directories) => {
  const source = join(folder, 'program.c');
  writeFileSync(source, 'int main(int n, char** words) { return words[n - 1][0]; }\n');
  const program = join(folder, `${processor}.exe`);
  run(`${processor}-w64-mingw32-gcc-posix`, ['-s', '-o', program, source]);
  const content = () =>
    run('x86_64-w64-mingw32-objdump', ['--full-contents', '--private-headers', program]);
  const before = content();
  expect(before).toContain('Contents of section .text:');
  expect(isAligned(program)).toBe(false);
  sign(program, directories);
  expect(content()).not.toBe(before);
  alignPages(program);
  expect(content()).toBe(before);
  expect(isAligned(program)).toBe(true);
  expect(readFileSync(program).includes(signature)).toBe(false);
});
