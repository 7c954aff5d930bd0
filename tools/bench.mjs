// SPDX-License-Identifier: MIT
// @ts-check
// npm run bench: runs the benchmark under the Windows Node, and on the host what only the host has.

import { dotnetClient } from './build/dotnet.mjs';
import { tree } from './clone.mjs';
import { main, show } from './command.mjs';
import { prepare } from './prepare.mjs';
import { hasDotnet } from './setup/dotnet.mjs';
import { carryOutAlone } from './setup/step.mjs';
import { runInForeground } from './win/foreground.mjs';

await main(async () => {
  await prepare('all');
  if (hasDotnet()) await carryOutAlone([dotnetClient]);
  const args = process.argv.slice(2);
  const onHost = await show(process.execPath, ['bench/host.mjs', ...args]);
  return (await runInForeground(['bench/bench.mjs', ...args], { cwd: tree })) || onHost;
});
