// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:dotnet: compares what the library reads from the services with what a .NET client
// reads.

import { dotnetClient } from '../build/dotnet.mjs';
import { prepare } from '../prepare.mjs';
import { requireDotnet } from '../setup/dotnet.mjs';
import { carryOutAlone } from '../setup/step.mjs';
import { ground } from './ground.mjs';
import { windowsNode, windowsPlace } from './place.mjs';
import { runWindowsVitest } from './windows-vitest.mjs';

await ground('dotnet', async () => {
  requireDotnet('npm run check:dotnet');
  await prepare();
  await carryOutAlone([dotnetClient]);
  const { passed, faults } = await runWindowsVitest(['--config', 'test/dotnet.config.mts']);
  return [
    {
      where: windowsPlace(),
      runtime: `${await windowsNode()} and .NET 10`,
      what: 'what both see of the same jobs and downloads',
      passed,
      failed: faults.length,
    },
  ];
});
