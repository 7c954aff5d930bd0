// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:types: the library with its tests, and the tools.

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, run } from '../command.mjs';
import { setUpPackages } from '../setup.mjs';

await main(async () => {
  await setUpPackages();
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const project of ['tsconfig.json', 'tsconfig.tools.json']) {
    run(process.execPath, [tsc, '-p', project, '--noEmit']);
  }
  console.log('Types: well.');
});
