// SPDX-License-Identifier: MIT
// @ts-check
// npm run check: runs every static check, even after one has failed.

import { join } from 'node:path';
import { root } from './clone.mjs';
import { main, show } from './command.mjs';
import { setUpPackages } from './setup.mjs';

const checks = [
  ['check/format.mjs'],
  ['check/worlds.mjs'],
  ['check/circles.mjs'],
  ['check/pauses.mjs'],
  ['generate.mjs', '--check'],
  // These need the library.
  ['check/lint.mjs'],
  ['check/types.mjs'],
  ['check/package.mjs'],
];

await main(async () => {
  await setUpPackages();
  let failed = 0;
  for (const [tool = '', ...args] of checks) {
    const status = await show(process.execPath, [join(root, 'tools', tool), ...args]);
    if (status !== 0) failed++;
  }
  console.log(failed === 0 ? 'All checks passed.' : `${String(failed)} checks failed.`);
  return failed === 0 ? 0 : 1;
});
