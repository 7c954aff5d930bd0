// SPDX-License-Identifier: MIT
// @ts-check
// Builds the library that every Wine process here preloads; orphaned-locks.c explains why.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orphanedLocksLibrary } from '../clone.mjs';
import { run } from '../command.mjs';

const source = fileURLToPath(new URL('orphaned-locks.c', import.meta.url));
const folder = dirname(orphanedLocksLibrary);

/** @type {import('./step.mjs').Step} */
export const orphanedLocks = {
  what: 'Building the preload library for Wine …',
  folder,
  files: [source, fileURLToPath(import.meta.url)],
  make: () => {
    mkdirSync(folder, { recursive: true });
    run('gcc', ['-O2', '-Wall', '-shared', '-fPIC', '-o', orphanedLocksLibrary, source]);
  },
};
