// SPDX-License-Identifier: MIT
// @ts-check
// Builds the library that every Wine process here preloads, for processes of 64 and of 32 bits;
// orphaned-locks.c explains why.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orphanedLocksLibrary, orphanedLocksLibrary32 } from '../clone.mjs';
import { run } from '../command.mjs';

const source = fileURLToPath(new URL('orphaned-locks.c', import.meta.url));
const folder = dirname(orphanedLocksLibrary);
const options = ['-O2', '-Wall', '-shared', '-fPIC'];

/**
 * Without the packages for 32 bits, which have libraries that this one does not link and only one header
 * that it needs: an empty one.
 */
function build32() {
  const headers = join(folder, 'include');
  mkdirSync(join(headers, 'gnu'), { recursive: true });
  writeFileSync(join(headers, 'gnu', 'stubs-32.h'), '');
  const multiarch = run('gcc', ['-print-multiarch']).trim();
  mkdirSync(dirname(orphanedLocksLibrary32), { recursive: true });
  run('gcc', [
    ...['-m32', '-nostdlib', ...options, '-isystem', `/usr/include/${multiarch}`],
    ...['-isystem', headers, '-o', orphanedLocksLibrary32, source],
  ]);
  rmSync(headers, { recursive: true });
}

/** @type {import('./step.mjs').Step} */
export const orphanedLocks = {
  what: 'Building the preload library for Wine …',
  folder,
  files: [source, fileURLToPath(import.meta.url)],
  make: () => {
    mkdirSync(folder, { recursive: true });
    run('gcc', [...options, '-o', orphanedLocksLibrary, source]);
    build32();
  },
};
