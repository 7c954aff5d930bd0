// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:ia32 [-- --smoke]: runs the smoke suite and the test suites in the 32-bit Windows Node,
// with the 32-bit addon and recorder, on Wine 10. With --smoke, of the test suites only the tests on the
// recorder. The last line counts the tests.

import { withInstalledPackage } from '../build/package.mjs';
import { prepare } from '../prepare.mjs';
import { windowsNodePath } from '../setup/runtimes.mjs';
import { linkBinaries } from '../setup/tree.mjs';
import { runSuites } from '../test/run-suites.mjs';
import { ia32 } from '../test/suites.mjs';
import { pathForNode } from '../win/run.mjs';
import { useWine } from '../win/which-wine.mjs';
import { ground } from './ground.mjs';
import { windowsPlace } from './place.mjs';
import { smoke } from './smoke.mjs';

// What is the same in TypeScript for every architecture is left out.
const onRecorder = ['test/abi/', 'test/objects/', 'test/transfer/services/recorded'];

/** @param {boolean} smokeOnly */
async function check(smokeOnly) {
  const suites = smokeOnly ? ia32.filter(({ prefix }) => prefix === 'main') : ia32;
  const what = smokeOnly
    ? 'every row and every method, on the recorder'
    : 'the suites that need Windows, but not the tests of the stand-in itself';
  useWine('10');
  await prepare('ia32', ['ia32']);
  linkBinaries('ia32', ['@koromix/koffi-win32-ia32']);
  const where = windowsPlace('ia32');
  const smoked = await smoke({ runtime: 'ia32' });
  const node = pathForNode(windowsNodePath('ia32'));
  return await withInstalledPackage(async (app) => {
    const env = {
      DOSVC_TEST_APP: pathForNode(app),
      DOSVC_TEST_HOSTS: JSON.stringify([node]),
      DOSVC_TEST_SEED: String(Date.now() % 2 ** 31),
    };
    const { tally } = await runSuites(suites, { filters: smokeOnly ? onRecorder : [], env });
    console.log(['', ...tally.lines, ...tally.failed].join('\n'));
    const { runtime } = smoked;
    const { passed, failed } = tally;
    return [
      { where, ...smoked },
      { where, runtime, what, passed, failed: failed.length },
    ];
  });
}

await ground('ia32', check, { smokePart: true });
