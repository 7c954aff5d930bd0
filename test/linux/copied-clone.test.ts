// SPDX-License-Identifier: MIT
// A copied clone: its Wine prefix still starts the stand-in of the original clone, until the
// stand-in is installed again; and its CMake caches still build the original clone, until they are
// dropped. A cache of sources that have moved is dropped, too.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dropForeignCache } from '../../tools/build/native.mjs';

const clone = join(import.meta.dirname, '../..');
const stamp = '.win/prefixes/main/drive_c/dosvc-stand-in/.dosvc-stamp';

/** Whether a clone considers its stand-in installed. */
function isInstalled(root: string): string {
  const program = `
    const { installedStandIn } = await import('./tools/build/stand-in.mjs');
    const { isDone } = await import('./tools/setup/step.mjs');
    console.log(isDone(installedStandIn()));`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return `${stdout}${stderr}`.trim();
}

it('a copied clone does not consider its stand-in installed', () => {
  const copy = mkdtempSync(join(tmpdir(), 'dosvc-copied-'));
  try {
    for (const name of ['package.json', 'package-lock.json', 'native', 'tools', 'test']) {
      cpSync(join(clone, name), join(copy, name), { recursive: true });
    }
    cpSync(join(clone, 'build/test'), join(copy, 'build/test'), { recursive: true });
    cpSync(join(clone, stamp), join(copy, stamp), { recursive: true });
    expect(isInstalled(clone)).toBe('true');
    expect(isInstalled(copy)).toBe('false');
  } finally {
    rmSync(copy, { recursive: true });
  }
});

describe('a copied or moved clone', () => {
  /** Makes a clone with one program, which prints the text in its source. */
  function makeClone(root: string) {
    mkdirSync(root, { recursive: true });
    const project =
      'cmake_minimum_required(VERSION 3.19)\nproject(one C)\nadd_executable(one one.c)\n';
    writeFileSync(join(root, 'CMakeLists.txt'), project);
  }

  function build(root: string, says: string): string {
    const program = `#include <stdio.h>\nint main(void) { return puts("${says}") < 0; }\n`;
    writeFileSync(join(root, 'one.c'), program);
    const built = join(root, 'build');
    dropForeignCache(built);
    for (const args of [
      ['-S', root, '-B', built],
      ['--build', built],
    ]) {
      const { status, stderr } = spawnSync('cmake', args, { encoding: 'utf8' });
      expect(status, stderr).toBe(0);
    }
    return spawnSync(join(built, 'one'), { encoding: 'utf8' }).stdout.trim();
  }

  it('builds itself, and otherwise keeps its cache', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-copied-'));
    try {
      const [first, copy, moved] = ['first', 'copy', 'moved'].map((name) => join(folder, name));
      if (!first || !copy || !moved) throw new Error('three names');
      makeClone(first);
      expect(build(first, 'first')).toBe('first');
      cpSync(first, copy, { recursive: true });
      expect(build(copy, 'copy')).toBe('copy');
      writeFileSync(join(copy, 'build', 'kept'), '');
      expect(build(copy, 'copy again')).toBe('copy again');
      expect(existsSync(join(copy, 'build', 'kept'))).toBe(true);
      renameSync(copy, moved);
      expect(build(moved, 'moved')).toBe('moved');
      expect(build(first, 'first again')).toBe('first again');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('builds sources that have moved in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-copied-'));
    try {
      const [before, after, built] = ['before', 'after', 'build'].map((name) => join(folder, name));
      if (!before || !after || !built) throw new Error('three names');
      const configure = (sources: string) => {
        dropForeignCache(built);
        const args = ['-S', sources, '-B', built];
        const { status, stderr } = spawnSync('cmake', args, { encoding: 'utf8' });
        expect(status, stderr).toBe(0);
      };
      makeClone(before);
      writeFileSync(join(before, 'one.c'), 'int main(void) { return 0; }\n');
      configure(before);
      renameSync(before, after);
      configure(after);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
