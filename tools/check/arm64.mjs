// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:arm64 [-- --smoke]: in the ARM64 Windows Node, with Wine 10 in an emulator, runs the smoke
// suite and the tests of every row on the recorder. With --smoke, only the smoke suite. The last line
// counts the tests.

import { spawnSync } from 'node:child_process';
import { prepare } from '../prepare.mjs';
import { linkBinaries } from '../setup/tree.mjs';
import { runSuites } from '../test/run-suites.mjs';
import { useWine } from '../win/which-wine.mjs';
import { wineEnvironment, wineserver } from '../win/wine.mjs';
import { ground } from './ground.mjs';
import { windowsPlace } from './place.mjs';
import { smoke } from './smoke.mjs';

/** The stand-in is for other processors. */
const parts = ['loader', 'bits', 'workers', 'endings'];

/** @type {import('../test/suites.mjs').Suite} */
const rows = { name: 'Rows', system: 'Windows', projects: ['abi'] };

/** @param {boolean} smokeOnly */
async function check(smokeOnly) {
  useWine('arm64');
  await prepare(smokeOnly ? 'product' : 'tests');
  linkBinaries('arm64', ['@koromix/koffi-win32-arm64', '@rolldown/binding-win32-arm64-msvc']);
  const where = `${windowsPlace('arm64')} (emulated)`;
  try {
    // In the emulator, a server of the suite's own would end the process.
    const smoked = await smoke({ only: parts, serverHere: true });
    if (smokeOnly) return [{ where, ...smoked }];
    const { tally } = await runSuites([rows], { filters: [], env: {} });
    console.log(['', ...tally.lines, ...tally.failed].join('\n'));
    const { runtime } = smoked;
    const { passed, failed } = tally;
    return [
      { where, ...smoked },
      { where, runtime, what: 'every row, on the recorder', passed, failed: failed.length },
    ];
  } finally {
    spawnSync(...wineserver('-k'), { env: wineEnvironment(), stdio: 'ignore' });
  }
}

await ground('arm64', check, { smokePart: true });
