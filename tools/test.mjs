// SPDX-License-Identifier: MIT
// @ts-check
// npm test [-- [--repeat N] FILTER …]: runs Vitest on the host and inside the Windows Node, its suites
// side by side. --repeat runs them N times and prints how often each test failed.
// npm run test:endurance [-- …]: runs the endurance tests, with the same options.

import { mkdtempSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withInstalledPackage } from './build/package.mjs';
import { onWindows, root } from './clone.mjs';
import { main, ToolError } from './command.mjs';
import { prepare } from './prepare.mjs';
import { windowsNodePath } from './setup/node-win.mjs';
import { recordRun } from './test/recorded.mjs';
import { startSideBySide } from './test/side-by-side.mjs';
import { endurance, start, suites } from './test/suites.mjs';
import { frequencies, Tally } from './test/tally.mjs';
import { passSignals } from './win/foreground.mjs';
import { pathForNode } from './win/run.mjs';

/** @typedef {import('./test/suites.mjs').Selection} Selection */

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      endurance: { type: 'boolean' },
      repeat: { type: 'string', default: '1' },
    },
  });
  const repeat = Number(values.repeat);
  if (!Number.isInteger(repeat) || repeat < 1)
    throw new ToolError('--repeat takes a positive integer');
  return { suites: values.endurance ? endurance : suites, repeat, filters: positionals };
}

/** The Node binaries under which the package tests run the package. */
function hosts() {
  return onWindows ? [process.execPath] : ['20', '22'].map((which) => windowsNodePath(which));
}

/** The seed of the randomised tests: DOSVC_TEST_SEED, or a new one for each run. */
function newSeed() {
  return process.env.DOSVC_TEST_SEED || String(Date.now() % 2 ** 31);
}

/**
 * Runs the suites once.
 * @param {import('./test/suites.mjs').Suite[]} chosen
 * @param {Selection} selection
 * @returns {Promise<{ tally: Tally, stoppedBy: NodeJS.Signals | null }>}
 */
async function runOnce(chosen, selection) {
  const folder = mkdtempSync(join(root, 'build', 'results-'));
  try {
    const file = (/** @type {string} */ name) =>
      join(folder, `${name.replaceAll(/\W+/g, '-')}.json`);
    const parts = chosen.map((suite) => ({
      name: suite.name,
      start: (/** @type {(data: Buffer) => void} */ onOutput) =>
        start(suite, selection, file(suite.name), onOutput),
    }));
    /** @type {NodeJS.Signals | null} */
    let stoppedBy = null;
    const { results, end } = startSideBySide(parts, (data) => process.stdout.write(data));
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

await main(async () => {
  const { suites: chosen, repeat, filters } = options();
  await prepare(onWindows ? 'all' : 'tests');
  return await withInstalledPackage(async (app) => {
    /** @type {Tally[]} */
    const tallies = [];
    for (let times = 1; times <= repeat; times++) {
      const seed = newSeed();
      const env = {
        DOSVC_TEST_APP: pathForNode(app),
        DOSVC_TEST_HOSTS: JSON.stringify(hosts().map(pathForNode)),
        DOSVC_TEST_SEED: seed,
      };
      const begin = performance.now();
      const { tally, stoppedBy } = await runOnce(chosen, { filters, env });
      const seconds = ((performance.now() - begin) / 1000).toFixed(0);
      console.log(['', ...tally.lines, ...tally.failed].join('\n'));
      console.log(`${tally.counts} (${seconds} s, DOSVC_TEST_SEED=${seed})`);
      tallies.push(tally);
      if (stoppedBy) return 128 + constants.signals[stoppedBy];
    }
    const last = tallies.at(-1);
    if (last && filters.length === 0) await recordRun(chosen, last.suites);
    if (repeat > 1) {
      const often = frequencies(tallies);
      console.log([`\nIn ${String(repeat)} runs:`, ...often].join('\n'));
      if (often.length === 0) console.log('No test failed.');
    }
    return tallies.every(({ failed }) => failed.length === 0) ? 0 : 1;
  });
});
