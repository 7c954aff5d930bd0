// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:dotnet: compares what the library reads from the services with what a .NET client
// reads.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dotnetClient } from '../build/dotnet.mjs';
import { root, tree } from '../clone.mjs';
import { prepare } from '../prepare.mjs';
import { requireDotnet } from '../setup/dotnet.mjs';
import { carryOutAlone } from '../setup/step.mjs';
import { runInForeground } from '../win/foreground.mjs';
import { pathForNode } from '../win/run.mjs';
import { ground } from './ground.mjs';
import { windowsNode, windowsPlace } from './place.mjs';
import { vitestReport } from './vitest.mjs';

await ground('dotnet', async () => {
  requireDotnet('npm run check:dotnet');
  await prepare();
  await carryOutAlone([dotnetClient]);
  const folder = mkdtempSync(join(root, 'build', 'dotnet-'));
  try {
    const results = join(folder, 'results.json');
    const status = await runInForeground(
      [
        ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/dotnet.config.mts'],
        ...['--reporter=default', '--reporter=json'],
        `--outputFile.json=${pathForNode(results)}`,
      ],
      { cwd: tree },
    );
    const { passed, faults } = vitestReport(results, status);
    for (const fault of faults) console.error(fault);
    return [
      {
        where: windowsPlace(),
        runtime: `${await windowsNode()} and .NET 10`,
        what: 'what both see of the same jobs and downloads',
        passed,
        failed: faults.length,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
