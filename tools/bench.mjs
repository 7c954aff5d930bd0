// SPDX-License-Identifier: MIT
// @ts-check
// npm run bench: the benchmark, under the Windows Node.

import { tree } from './clone.mjs';
import { main } from './command.mjs';
import { prepare } from './prepare.mjs';
import { runInForeground } from './win/foreground.mjs';

await main(async () => {
  await prepare({ all: true });
  return await runInForeground(['bench/bench.mjs', ...process.argv.slice(2)], { cwd: tree });
});
