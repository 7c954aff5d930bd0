// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:circles: no file of the library, the boundary, the tests or the tools imports itself
// through others, and no suite of the tests imports from another. Imports of types count.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, ToolError } from '../command.mjs';
import { setUpPackages } from '../setup.mjs';
import { suiteFaults } from './suites.mjs';

const folders = ['lib', 'typings', 'test', 'bench', 'examples', 'tools'].filter((folder) =>
  existsSync(join(root, folder)),
);

await main(async () => {
  await setUpPackages();
  const { cruise } = await import('dependency-cruiser');
  const { output } = await cruise(folders, {
    baseDir: root,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|build|prebuilds)/' },
    tsPreCompilationDeps: true,
    validate: true,
    ruleSet: {
      forbidden: [{ name: 'circle', severity: 'error', from: {}, to: { circular: true } }],
    },
  });
  if (typeof output === 'string') throw new ToolError(output);
  const { totalCruised, violations } = output.summary;
  const circles = violations.map(({ cycle = [] }) => cycle.map(({ name }) => name).join(' > '));
  const faults = [...new Set(circles), ...suiteFaults()];
  if (faults.length > 0) throw new ToolError(faults.join('\n'));
  console.log(`Circles: passed (${String(totalCruised)} files).`);
});
