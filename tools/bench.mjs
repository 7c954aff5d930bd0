// SPDX-License-Identifier: MIT
// @ts-check
// npm run bench: the benchmark, under the Windows Node.

import { dotnetClient } from './build/dotnet.mjs';
import { tree } from './clone.mjs';
import { main } from './command.mjs';
import { prepare } from './prepare.mjs';
import { hasDotnet } from './setup/dotnet.mjs';
import { alone } from './setup/lock.mjs';
import { carryOut, isDone } from './setup/step.mjs';
import { runInForeground } from './win/foreground.mjs';

await main(async () => {
  await prepare('all');
  await alone(() => {
    if (hasDotnet() && !isDone(dotnetClient)) carryOut(dotnetClient);
  });
  return await runInForeground(['bench/bench.mjs', ...process.argv.slice(2)], { cwd: tree });
});
