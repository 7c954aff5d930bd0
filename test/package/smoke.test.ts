// SPDX-License-Identifier: MIT
// Each check of the smoke suite can fail: none passes if the package has the faults that they look
// for.

import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';
import { underWine } from '../system/under-wine.js';
import { it } from '../installed/fixtures.js';

it('every check of the smoke suite finds a fault', async ({ app }) => {
  const library = app.path('node_modules', 'dosvc', 'dist', 'index.js');
  const faults = JSON.stringify(app.path('faults.cjs'));
  appendFileSync(library, `require(${faults})(exports, module);\n`);
  // Windows' own Delivery Optimization does not belong to the tests.
  const args = underWine ? [] : ['--only', 'loader,bits,workers,endings'];
  const { status, stdout, stderr } = await app.run('smoke/smoke.mjs', args);
  expect({ status, stderr }, stdout).toEqual({ status: 1, stderr: '' });
  const lines = stdout.trim().split('\n');
  const checks = lines.filter((line) => /^(ok|FAILED): /.test(line));
  expect(checks.filter((line) => line.startsWith('ok'))).toEqual([]);
  expect(checks.length).toBeGreaterThan(10);
  expect(lines.at(-1)).toBe(`0 passed, ${String(checks.length)} failed`);
});
