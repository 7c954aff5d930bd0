// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:sdk: checks the native code against Microsoft's own headers and import libraries, and
// under MSVC's rules. It counts every check.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onWindows, root } from '../clone.mjs';
import { show } from '../command.mjs';
import { prepareBinaries } from '../prepare.mjs';
import { Report } from '../sdk/report.mjs';
import { setUpWindowsSdk } from '../setup.mjs';
import { ground } from './ground.mjs';
import { hostPlace } from './place.mjs';
import { vitestReport } from './vitest.mjs';

/** Runs the tests that show that the checks can fail, and counts them with the checks. */
async function planted() {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-tests-'));
  const results = join(folder, 'results.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${results}`];
    const status = await show(process.execPath, [
      ...[vitest, 'run', '--config', 'test/sdk.config.mts', ...reporters],
    ]);
    return vitestReport(results, status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await ground('sdk', async () => {
  await setUpWindowsSdk();
  await prepareBinaries();
  const { conformance } = await import('../sdk/conformance.mjs');
  const { imports } = await import('../sdk/imports.mjs');
  const { msvcMode } = await import('../sdk/msvc-mode.mjs');
  const { tidy } = await import('../sdk/tidy.mjs');
  /** @type {[what: string, run: () => Promise<Report>][]} */
  const stages = [
    ['Conformance with the Windows SDK', conformance],
    ['Sources in MSVC mode', msvcMode],
    ['clang-tidy', tidy],
    // MSVC's build has other imports; the list is for mingw-w64's.
    ...(onWindows ? [] : [/** @type {[string, () => Promise<Report>]} */ (['Imports', imports])]),
    ['Planted mistakes', planted],
  ];
  const total = new Report();
  for (const [what, run] of stages) {
    const report = await run();
    for (const fault of report.faults) console.error(fault);
    console.log(`${what}: ${report.counts}`);
    total.add(report);
  }
  return [
    {
      where: hostPlace(),
      runtime: '',
      what: "clang in MSVC mode for x64, x86 and ARM64, with the Windows SDK's headers: compiled, not linked",
      passed: total.passed,
      failed: total.faults.length,
    },
  ];
});
