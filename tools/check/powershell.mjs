// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:powershell: PowerShell scripts start programs that use the library. The last line
// counts the tests.

import { onWindows } from '../clone.mjs';
import { installed } from '../command.mjs';
import { prepare } from '../prepare.mjs';
import { requireDotnet } from '../setup/dotnet.mjs';
import { powerShell, powerShellEnvironment, powerShellVersion } from '../setup/powershell.mjs';
import { carryOutAlone, isDone } from '../setup/step.mjs';
import { ground, NotHere } from './ground.mjs';
import { windowsPlace } from './place.mjs';
import { runWindowsVitest } from './windows-vitest.mjs';

await ground('powershell', async () => {
  if (onWindows && !installed('pwsh.exe')) throw new NotHere('no pwsh.exe is on the PATH');
  if (!onWindows && !isDone(powerShell)) requireDotnet('Downloading PowerShell');
  await prepare(onWindows ? 'all' : 'product');
  if (!onWindows) await carryOutAlone([powerShell]);
  const projects = ['powershell-bits', 'powershell'].flatMap((name) => ['--project', name]);
  const { passed, faults } = await runWindowsVitest(
    ['--config', 'test/windows.config.mts', ...projects],
    powerShellEnvironment(),
  );
  return [
    {
      where: windowsPlace(),
      runtime: `PowerShell ${powerShellVersion()}`,
      what: 'scripts that start programs with the library',
      passed,
      failed: faults.length,
    },
  ];
});
