// SPDX-License-Identifier: MIT
// @ts-check
// The library: one CommonJS file, because files are slow to open, and its declarations.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { run } from '../command.mjs';
import { inputs } from './files.mjs';

const dist = join(root, 'dist');
const manifests = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** @type {import('../setup/step.mjs').Step} */
export const library = {
  what: 'Building the library …',
  folder: dist,
  files: inputs('lib', 'typings', 'tools/build', ...manifests),
  make: () => {
    rmSync(dist, { recursive: true, force: true });
    const bin = join(root, 'node_modules');
    const config = join(root, 'tools', 'build', 'rolldown.config.mjs');
    run(process.execPath, [join(bin, 'rolldown', 'bin', 'cli.mjs'), '--config', config]);
    run(process.execPath, [join(bin, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  },
};
