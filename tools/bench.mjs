// SPDX-License-Identifier: MIT
// @ts-check
// npm run bench: runs the benchmark under the Windows Node.

import { dotnetClient } from './build/dotnet.mjs';
import { tree } from './clone.mjs';
import { main } from './command.mjs';
import { prepare } from './prepare.mjs';
import { hasDotnet } from './setup/dotnet.mjs';
import { carryOutAlone } from './setup/step.mjs';
import { runInForeground } from './win/foreground.mjs';

await main(async () => {
  await prepare('all');
  if (hasDotnet()) await carryOutAlone([dotnetClient]);
  return await runInForeground(['bench/bench.mjs', ...process.argv.slice(2)], { cwd: tree });
});
