// SPDX-License-Identifier: MIT
// @ts-check
// npm run win -- FILE [ARG …]: runs a script under the Windows Node, against this build.

import { resolve } from 'node:path';
import { callersFolder } from './clone.mjs';
import { main } from './command.mjs';
import { prepare } from './prepare.mjs';
import { runInForeground } from './win/foreground.mjs';
import { pathForNode } from './win/run.mjs';

await main(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) {
    console.error('Usage: npm run win -- FILE [ARG …]');
    return 2;
  }
  await prepare();
  const cwd = callersFolder();
  const script = file.startsWith('-') ? file : pathForNode(resolve(cwd, file));
  return await runInForeground([script, ...args], { cwd, self: true });
});
