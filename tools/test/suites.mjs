// SPDX-License-Identifier: MIT
// @ts-check
// The suites of `npm test`. Each is Vitest in its own process; under Wine, each suite that talks to a
// service also has its own prefix. So the suites can run side by side.

import { join } from 'node:path';
import { onWindows, root, tree } from '../clone.mjs';
import { startOnHost } from './host.mjs';
import { processors } from './processors.mjs';
import { windowsNodePath } from '../setup/runtimes.mjs';
import { pathForNode, startWindowsNode } from '../win/run.mjs';

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {'Linux' | 'Windows'} system
 * @property {string[]} projects of Vitest
 * @property {import('../build.mjs').What} [build] what to build before, beside the other suites
 * @property {string} [prefix] the Wine prefix
 * @property {number} [processor] the one that it is pinned to
 * @property {string} [node] the one that the tests are in, if Vitest's own process is in another
 *
 * @typedef {object} Selection
 * @property {string[]} filters as Vitest takes them
 * @property {NodeJS.ProcessEnv} env
 */

// Under Wine, a service call takes a quarter less time if all the processes involved share a
// processor. A suite that needs no service is not pinned, so its threads really run in parallel.
const [first, second = first, third = first] = processors();

const routes = ['routes', 'routes-on-bits', 'routes-on-stand-in'];
const updates = ['updates-on-bits', 'updates-on-stand-in'];
const all = ['objects', 'abi', 'bits', 'jobs', 'downloads', ...routes, ...updates];

// The longest first.
/** @type {Suite[]} */
const underWine = [
  {
    name: 'Delivery Optimization: jobs',
    system: 'Windows',
    projects: ['jobs'],
    prefix: 'jobs',
    processor: first,
  },
  {
    name: 'Delivery Optimization: downloads',
    system: 'Windows',
    projects: ['downloads', 'routes-on-stand-in', 'updates-on-stand-in'],
    prefix: 'downloads',
    processor: second,
  },
  {
    name: 'BITS',
    system: 'Windows',
    projects: ['bits', 'routes-on-bits'],
    prefix: 'bits',
    processor: third,
  },
  { name: 'Linux', system: 'Linux', projects: ['linux'], build: 'rest' },
  {
    // Updates have a BITS of their own: after them in one prefix, Wine's ended in a test of another suite in
    // 2 of 4 runs.
    name: 'In the process, and updates',
    system: 'Windows',
    projects: ['objects', 'abi', 'routes', 'updates-on-bits'],
    prefix: 'main',
  },
];

/** What `npm test` runs. On Windows one suite runs all, because there is only one of each service. */
export const suites = onWindows
  ? [
      {
        name: 'Windows',
        system: /** @type {const} */ ('Windows'),
        projects:
          process.arch === 'arm64'
            ? ['objects', 'bits', 'routes', 'routes-on-bits', 'updates-on-bits']
            : all,
      },
    ]
  : underWine;

/** What `npm run check:ia32` runs: the tests are in the 32-bit Node, Vitest's own process is not. */
export const ia32 = underWine
  .filter(({ system }) => system === 'Windows')
  .map((suite) => ({ ...suite, node: 'ia32' }));

/** What `npm run test:endurance` runs. @type {Suite[]} */
export const endurance = onWindows
  ? [
      {
        name: 'Endurance',
        system: 'Windows',
        projects: [...(process.arch === 'arm64' ? [] : ['deaths', 'loads']), 'bundles', 'repeated'],
      },
    ]
  : [
      { name: 'Endurance: deaths', system: 'Windows', projects: ['deaths'], prefix: 'jobs' },
      { name: 'Endurance: loads', system: 'Windows', projects: ['loads'], prefix: 'downloads' },
      {
        name: 'Endurance: bundles, repeated',
        system: 'Windows',
        projects: ['bundles', 'repeated'],
        prefix: 'bits',
      },
      {
        name: 'Endurance: Linux',
        system: 'Linux',
        projects: ['long', 'sanitizers'],
        build: 'sanitizers',
      },
    ];

/**
 * How many of these run at a time. They keep the processors busy: if more ran, each test would only take longer,
 * and some would reach their limits on a slow machine.
 */
export const enduranceAtOnce = processors().length + 1;

/**
 * @param {Suite} suite
 * @param {Selection} selection
 * @param {string} results the file that Vitest's JSON reporter writes
 * @param {(data: Buffer) => void} onOutput
 * @returns {import('./side-by-side.mjs').Run}
 */
export function start(suite, selection, results, onOutput) {
  const { system, projects, build, prefix, processor, node } = suite;
  const { filters } = selection;
  const testNode = node && { DOSVC_TEST_NODE: pathForNode(windowsNodePath(node)) };
  const env = { ...selection.env, ...testNode };
  const args = [
    ...['node_modules/vitest/vitest.mjs', 'run'],
    ...['--config', `test/${system.toLowerCase()}.config.mts`],
    ...projects.flatMap((name) => ['--project', name]),
    ...['--reporter=default', '--reporter=json'],
    // A filter may match only tests of other suites.
    ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : []),
  ];
  if (system === 'Windows') {
    args.push(`--outputFile.json=${pathForNode(results)}`);
    const output = { onStdout: onOutput, onStderr: onOutput };
    return startWindowsNode(args, { cwd: tree, env, prefix, processor, ...output });
  }
  args.push(`--outputFile.json=${results}`);
  const scripts = build ? [[join(root, 'tools', 'build.mjs'), build], args] : [args];
  return startOnHost(scripts, { env, onOutput });
}
