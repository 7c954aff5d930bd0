// SPDX-License-Identifier: MIT
// @ts-check
// npm run demo: downloads a file through the service, starting from a bare machine.

import { tree } from './clone.mjs';
import { main } from './command.mjs';
import { prepare } from './prepare.mjs';
import { runInForeground } from './win/foreground.mjs';

await main(async () => {
  await prepare();
  return await runInForeground(['docs/demo.mjs', ...process.argv.slice(2)], { cwd: tree });
});
