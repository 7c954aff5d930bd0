// SPDX-License-Identifier: MIT
// @ts-check
// npm test [-- FILTER …]: Vitest on the host, then Vitest inside the Windows Node. On Windows the
// two are one.

import { onWindows, tree } from './clone.mjs';
import { main, show } from './command.mjs';
import { prepare } from './prepare.mjs';
import { runInForeground } from './win/foreground.mjs';

/** @param {string} system */
function vitest(system) {
  const config = `test/${system}.config.mts`;
  const filters = process.argv.slice(2);
  // A filter may name tests of the other system alone.
  const more = filters.length > 0 ? ['--passWithNoTests', ...filters] : [];
  return ['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...more];
}

await main(async () => {
  await prepare({ all: true });
  /** @type {[string, number][]} */
  const results = [];
  if (!onWindows) results.push(['Linux', await show(process.execPath, vitest('linux'))]);
  results.push(['Windows', await runInForeground(vitest('windows'), { cwd: tree })]);
  for (const [system, status] of results) {
    console.log(`Tests on ${system}: ${status === 0 ? 'passed' : 'failed'}`);
  }
  return results.every(([, status]) => status === 0) ? 0 : 1;
});
