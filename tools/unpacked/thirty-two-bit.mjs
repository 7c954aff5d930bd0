// SPDX-License-Identifier: MIT
// @ts-check
// Whether this machine runs 32-bit programs of Linux, with one of which Debian's Wine 10 begins. Some
// kernels and virtual machines run only 64-bit ones.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const address = 0x0804_8000;
const [headers, segments] = [52, 32];
// mov eax, 1 (exit); xor ebx, ebx; int 0x80
const code = Buffer.from('b80100000031dbcd80', 'hex');

/** An ELF program for i386 that exits with 0. */
export function smallestProgram() {
  const elf = Buffer.alloc(headers + segments);
  const begin = headers + segments;
  const size = begin + code.length;
  elf.write('\x7fELF\x01\x01\x01', 'latin1');
  const [executable, i386] = [2, 3];
  elf.writeUInt16LE(executable, 16);
  elf.writeUInt16LE(i386, 18);
  elf.writeUInt32LE(1, 20);
  elf.writeUInt32LE(address + begin, 24);
  elf.writeUInt32LE(headers, 28);
  elf.writeUInt16LE(headers, 40);
  elf.writeUInt16LE(segments, 42);
  elf.writeUInt16LE(1, 44);
  const [load, readAndRun] = [1, 5];
  const segment = [load, 0, address, address, size, size, readAndRun, 0x1000];
  for (const [at, word] of segment.entries()) elf.writeUInt32LE(word, headers + 4 * at);
  return Buffer.concat([elf, code]);
}

/** Why 32-bit programs do not run here, or undefined if they do. @param {Buffer} program a 32-bit one */
export function whyNot32Bit(program = smallestProgram()) {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-32-bit-'));
  try {
    const file = join(folder, 'program');
    writeFileSync(file, program, { mode: 0o755 });
    const { status } = spawnSync(file, { stdio: 'ignore' });
    return status === 0 ? undefined : 'this machine runs no 32-bit programs, as Wine 10 needs';
  } finally {
    rmSync(folder, { recursive: true });
  }
}
