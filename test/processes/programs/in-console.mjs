// SPDX-License-Identifier: MIT
// in-console.mjs STDOUT STDERR FILE [ARG …]: runs a program with its output in two files, and exits as it
// does. This process has a console of its own, which its child shares: Ctrl+C there reaches both, and is
// the child's to answer. Node gives a console only to a child that inherits none of its files.

import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';

const [out = '', err = '', ...words] = process.argv.slice(2);
process.on('SIGINT', () => undefined);
const child = spawn(process.execPath, words, {
  stdio: ['ignore', openSync(out, 'a'), openSync(err, 'a')],
});
child.on('exit', (status) => {
  process.exitCode = status ?? 1;
});
