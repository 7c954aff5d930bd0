// SPDX-License-Identifier: MIT
// @ts-check
// npm test [-- [--repeat N] FILTER …]: runs Vitest on the host and inside the Windows Node, its suites
// side by side. --repeat runs them N times and prints how often each test failed.
// npm run test:endurance [-- …]: runs the endurance tests, with the same options.

import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { withInstalledPackage } from './build/package.mjs';
import { onWindows } from './clone.mjs';
import { main, ToolError } from './command.mjs';
import { prepare } from './prepare.mjs';
import { windowsNodePath } from './setup/runtimes.mjs';
import { recordProofs } from './test/proofs.mjs';
import { recordRun } from './test/recorded.mjs';
import { runSuites } from './test/run-suites.mjs';
import { endurance, enduranceAtOnce, suites } from './test/suites.mjs';
import { frequencies } from './test/tally.mjs';
import { pathForNode } from './win/run.mjs';

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
  const chosen = values.endurance ? endurance : suites;
  const atOnce = values.endurance ? enduranceAtOnce : suites.length;
  return { chosen, atOnce, repeat, filters: positionals };
}

/** The Node binaries under which the package tests run the package. */
function hosts() {
  return onWindows ? [process.execPath] : ['20', '22'].map((which) => windowsNodePath(which));
}

/** The seed of the randomised tests: DOSVC_TEST_SEED, or a new one for each run. */
function newSeed() {
  return process.env.DOSVC_TEST_SEED || String(Date.now() % 2 ** 31);
}

await main(async () => {
  const { chosen, atOnce, repeat, filters } = options();
  await prepare(onWindows ? 'all' : 'tests');
  return await withInstalledPackage(async (app) => {
    /** @type {import('./test/tally.mjs').Tally[]} */
    const tallies = [];
    for (let times = 1; times <= repeat; times++) {
      const seed = newSeed();
      const env = {
        DOSVC_TEST_APP: pathForNode(app),
        DOSVC_TEST_HOSTS: JSON.stringify(hosts().map(pathForNode)),
        DOSVC_TEST_SEED: seed,
      };
      const begin = performance.now();
      const { tally, stoppedBy } = await runSuites(chosen, { filters, env }, atOnce);
      const seconds = ((performance.now() - begin) / 1000).toFixed(0);
      console.log(['', ...tally.lines, ...tally.failed].join('\n'));
      console.log(`${tally.counts} (${seconds} s, DOSVC_TEST_SEED=${seed})`);
      tallies.push(tally);
      if (stoppedBy) return 128 + constants.signals[stoppedBy];
    }
    const last = tallies.at(-1);
    if (last && filters.length === 0) await recordRun(chosen, last.suites);
    if (last && chosen === suites) {
      recordProofs(last.proofs, filters.length === 0 && last.failed.length === 0);
    }
    if (repeat > 1) {
      const often = frequencies(tallies);
      console.log([`\nIn ${String(repeat)} runs:`, ...often].join('\n'));
      if (often.length === 0) console.log('No test failed.');
    }
    return tallies.every(({ failed }) => failed.length === 0) ? 0 : 1;
  });
});
