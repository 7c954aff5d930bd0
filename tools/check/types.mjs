// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:types: tsc over the library with its tests, over the tools, and over the examples.

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, run } from '../command.mjs';
import { prepareLibrary } from '../prepare.mjs';

await main(async () => {
  await prepareLibrary();
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const project of ['tsconfig.json', 'tsconfig.tools.json', 'examples']) {
    run(process.execPath, [tsc, '-p', project, '--noEmit']);
  }
  console.log('Types: passed.');
});
