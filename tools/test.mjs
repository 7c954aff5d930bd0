// SPDX-License-Identifier: MIT
// @ts-check
// npm test [-- FILTER …]: Vitest on the host, then Vitest inside the Windows Node. On Windows the
// two are one.

import { withInstalledPackage } from './build/package.mjs';
import { onWindows, tree } from './clone.mjs';
import { main, show } from './command.mjs';
import { prepare } from './prepare.mjs';
import { windowsNodePath } from './setup/node-win.mjs';
import { runInForeground } from './win/foreground.mjs';
import { pathForNode } from './win/run.mjs';

/** @param {string} system */
function vitest(system) {
  const config = `test/${system}.config.mts`;
  const filters = process.argv.slice(2);
  // A filter may name tests of the other system alone.
  const more = filters.length > 0 ? ['--passWithNoTests', ...filters] : [];
  return ['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...more];
}

/** The hosts under which the tests of the package run it. */
function hosts() {
  return onWindows ? [process.execPath] : ['20', '22'].map((which) => windowsNodePath(which));
}

/** @param {string} app the folder in which the package is installed */
function onWindowsNode(app) {
  const env = {
    DOSVC_TEST_APP: pathForNode(app),
    DOSVC_TEST_HOSTS: JSON.stringify(hosts().map(pathForNode)),
  };
  return runInForeground(vitest('windows'), { cwd: tree, env });
}

await main(async () => {
  await prepare({ all: true });
  /** @type {[string, number][]} */
  const results = [];
  if (!onWindows) results.push(['Linux', await show(process.execPath, vitest('linux'))]);
  results.push(['Windows', await withInstalledPackage(onWindowsNode)]);
  for (const [system, status] of results) {
    console.log(`Tests on ${system}: ${status === 0 ? 'passed' : 'failed'}`);
  }
  return results.every(([, status]) => status === 0) ? 0 : 1;
});
