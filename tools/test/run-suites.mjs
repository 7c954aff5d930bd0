// SPDX-License-Identifier: MIT
// @ts-check
// Runs suites once, side by side or so many at a time, and sums up their results.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { passSignals } from '../win/foreground.mjs';
import { startSideBySide } from './side-by-side.mjs';
import { start } from './suites.mjs';
import { Tally } from './tally.mjs';

/**
 * @param {import('./suites.mjs').Suite[]} suites
 * @param {import('./suites.mjs').Selection} selection
 * @param {number} [atOnce] how many run at a time
 * @returns {Promise<{ tally: Tally, stoppedBy: NodeJS.Signals | null }>}
 */
export async function runSuites(suites, selection, atOnce) {
  const folder = mkdtempSync(join(root, 'build', 'results-'));
  try {
    const file = (/** @type {string} */ name) =>
      join(folder, `${name.replaceAll(/\W+/g, '-')}.json`);
    const parts = suites.map((suite) => ({
      name: suite.name,
      start: (/** @type {(data: Buffer) => void} */ onOutput) =>
        start(suite, selection, file(suite.name), onOutput),
    }));
    /** @type {NodeJS.Signals | null} */
    let stoppedBy = null;
    const { results, end } = startSideBySide(parts, (data) => process.stdout.write(data), atOnce);
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      stoppedBy ??= signal;
      end(signal);
    };
    const ended = await passSignals({ interrupt: () => stop('SIGINT'), end: stop }, results);
    const tally = new Tally(
      ended.map((result) => ({ ...result, file: file(result.name) })),
      selection.filters.length > 0,
    );
    return { tally, stoppedBy };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
