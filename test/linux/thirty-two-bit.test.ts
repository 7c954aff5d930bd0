// SPDX-License-Identifier: MIT
// Whether the machine runs 32-bit programs: a check on Wine 10 is not run where it does not.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallestProgram, whyNot32Bit } from '../../tools/unpacked/thirty-two-bit.mjs';
import { root } from '../../tools/clone.mjs';

const reason = 'this machine runs no 32-bit programs, as Wine 10 needs';

it('a program that runs is no reason, and one that does not is', () => {
  expect(whyNot32Bit(Buffer.from('#!/bin/sh\nexit 0\n'))).toBeUndefined();
  expect(whyNot32Bit(Buffer.from('#!/bin/sh\nexit 1\n'))).toBe(reason);
  expect(whyNot32Bit(Buffer.alloc(100, 0x7f))).toBe(reason);
});

it('the program that is tried is one for i386', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-elf-'));
  try {
    const file = join(folder, 'program');
    writeFileSync(file, smallestProgram());
    const { stdout } = spawnSync('readelf', ['-hlW', file], { encoding: 'utf8' });
    expect(stdout).toMatch(/Class: +ELF32/);
    expect(stdout).toMatch(/Machine: +Intel 80386/);
    expect(stdout).toMatch(/Entry point address: +0x8048054/);
    expect(stdout).toMatch(/LOAD +0x000000 0x08048000 0x08048000 0x0005d 0x0005d R E 0x1000/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a check that needs them says so, or gets further', () => {
  const script = `import { useWine } from './tools/win/which-wine.mjs';
    try { useWine('10'); console.log('further'); } catch ({ message }) { console.log(message); }`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const why = whyNot32Bit();
  if (why !== undefined) expect(stdout).toContain(why);
  else expect(stdout).not.toContain(reason);
});
