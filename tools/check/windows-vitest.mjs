// SPDX-License-Identifier: MIT
// @ts-check
// Runs tests inside the Windows Node that are not part of `npm test`, and counts them.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, tree } from '../clone.mjs';
import { runInForeground } from '../win/foreground.mjs';
import { pathForNode } from '../win/run.mjs';
import { vitestReport } from './vitest.mjs';

/**
 * Prints each fault.
 * @param {string[]} selection Vitest's arguments that say which tests
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function runWindowsVitest(selection, env) {
  const folder = mkdtempSync(join(root, 'build', 'results-'));
  try {
    const results = join(folder, 'results.json');
    const status = await runInForeground(
      [
        ...['node_modules/vitest/vitest.mjs', 'run', ...selection],
        ...['--reporter=default', '--reporter=json'],
        `--outputFile.json=${pathForNode(results)}`,
      ],
      { cwd: tree, env },
    );
    const report = vitestReport(results, status);
    for (const fault of report.faults) console.error(fault);
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
