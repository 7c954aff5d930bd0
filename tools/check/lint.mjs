// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:lint

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, run } from '../command.mjs';
import { setUpPackages } from '../setup.mjs';

await main(async () => {
  await setUpPackages();
  run(process.execPath, [
    join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'),
    ...['--max-warnings', '0', '.'],
  ]);
  console.log('Lint: well.');
});
