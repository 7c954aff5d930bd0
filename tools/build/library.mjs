// SPDX-License-Identifier: MIT
// @ts-check
// Builds the library: its declarations and one CommonJS file, because files are slow to open.

import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { run } from '../command.mjs';
import { inputs } from './files.mjs';

const dist = join(root, 'dist');
// Built next to it, so that a failed build leaves the existing files in place.
const next = join(root, 'dist.next');
const manifests = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** @type {import('../setup/step.mjs').Step} */
export const library = {
  what: 'Building the library …',
  folder: dist,
  files: inputs('lib', 'typings', 'tools/build', ...manifests),
  make: () => {
    rmSync(next, { recursive: true, force: true });
    const bin = join(root, 'node_modules');
    const config = join(root, 'tools', 'build', 'rolldown.config.mjs');
    const tsc = join(bin, 'typescript', 'bin', 'tsc');
    run(process.execPath, [join(bin, 'rolldown', 'bin', 'cli.mjs'), '--config', config]);
    run(process.execPath, [tsc, '-p', 'tsconfig.build.json']);
    rmSync(dist, { recursive: true, force: true });
    renameSync(next, dist);
  },
};
