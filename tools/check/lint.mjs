// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:lint: ESLint, where a warning is a failure.

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, run } from '../command.mjs';
import { prepareLibrary } from '../prepare.mjs';

await main(async () => {
  await prepareLibrary();
  run(process.execPath, [
    join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'),
    ...['--max-warnings', '0', '.'],
  ]);
  console.log('Lint: passed.');
});
