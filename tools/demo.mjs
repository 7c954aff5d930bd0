// SPDX-License-Identifier: MIT
// @ts-check
// npm run demo: downloads a file through the service, starting from a bare machine.

import { underNode, windowsNode, windowsPlace } from './check/place.mjs';
import { record } from './check/runs.mjs';
import { tree } from './clone.mjs';
import { main } from './command.mjs';
import { prepare } from './prepare.mjs';
import { runInForeground } from './win/foreground.mjs';

await main(async () => {
  await prepare();
  const status = await runInForeground(['docs/demo.mjs', ...process.argv.slice(2)], { cwd: tree });
  // A signal ended it.
  if (status > 128) return status;
  const [where, runtime] = [windowsPlace(), await windowsNode()];
  const [passed, failed] = status === 0 ? [1, 0] : [0, 1];
  const what = 'a download of 20 MB, with progress';
  record('demo', underNode(runtime), [{ where, runtime, what, passed, failed }]);
  return status;
});
