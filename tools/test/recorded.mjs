// SPDX-License-Identifier: MIT
// @ts-check
// Records a run of all the suites for the documentation's tables.

import { hostPlace, underNode, windowsNode, windowsPlace } from '../check/place.mjs';
import { record } from '../check/runs.mjs';
import { onWindows } from '../clone.mjs';
import { endurance } from './suites.mjs';

/**
 * @param {import('./suites.mjs').Suite[]} suites
 * @param {import('./tally.mjs').Tally['suites']} results
 */
export async function recordRun(suites, results) {
  const runtime = await windowsNode();
  const isLong = suites === endurance;
  const under20 = onWindows ? '' : '; the package also under Windows Node 20';
  const outcomes = [
    {
      where: windowsPlace(),
      runtime,
      what: isLong
        ? 'the long tests, and bundles of the package'
        : `every suite that needs Windows${under20}`,
      ...counted('Windows', suites, results),
    },
    {
      where: hostPlace(),
      runtime: `Node ${process.versions.node}`,
      what: isLong
        ? 'bundles, Ctrl+C at many moments; the addon under AddressSanitizer and ThreadSanitizer'
        : 'the tools; the addon on a stand-in engine',
      ...counted('Linux', suites, results),
    },
  ];
  record(
    isLong ? 'test:endurance' : 'test',
    underNode(runtime),
    outcomes.filter(({ passed, failed }) => passed + failed > 0),
  );
}

/**
 * @param {'Linux' | 'Windows'} system
 * @param {import('./suites.mjs').Suite[]} suites
 * @param {import('./tally.mjs').Tally['suites']} results
 */
function counted(system, suites, results) {
  const names = suites.filter((suite) => suite.system === system).map(({ name }) => name);
  const own = results.filter(({ name }) => names.includes(name));
  return {
    passed: own.reduce((sum, { passed }) => sum + passed, 0),
    failed: own.reduce((sum, { failed }) => sum + failed, 0),
  };
}
