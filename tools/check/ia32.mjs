// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:ia32: runs the test suites in the 32-bit Windows Node, with the 32-bit addon
// and recorder, on Wine 10. The last line counts the tests.

import { withInstalledPackage } from '../build/package.mjs';
import { prepare } from '../prepare.mjs';
import { windowsNodePath } from '../setup/runtimes.mjs';
import { linkBinaries } from '../setup/tree.mjs';
import { runSuites } from '../test/run-suites.mjs';
import { ia32 } from '../test/suites.mjs';
import { pathForNode } from '../win/run.mjs';
import { useWine } from '../win/which-wine.mjs';
import { ground } from './ground.mjs';
import { windowsNode, windowsPlace } from './place.mjs';

await ground('ia32', async () => {
  useWine('10');
  await prepare('ia32', ['ia32']);
  linkBinaries('ia32', ['@koromix/koffi-win32-ia32']);
  const node = pathForNode(windowsNodePath('ia32'));
  return await withInstalledPackage(async (app) => {
    const env = {
      DOSVC_TEST_APP: pathForNode(app),
      DOSVC_TEST_HOSTS: JSON.stringify([node]),
      DOSVC_TEST_SEED: String(Date.now() % 2 ** 31),
    };
    const { tally } = await runSuites(ia32, { filters: [], env });
    console.log(['', ...tally.lines, ...tally.failed].join('\n'));
    return [
      {
        where: windowsPlace('ia32'),
        runtime: await windowsNode('ia32'),
        what: 'the suites that need Windows, but not the tests of the stand-in itself',
        passed: tally.passed,
        failed: tally.failed.length,
      },
    ];
  });
});
