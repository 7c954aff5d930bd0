// SPDX-License-Identifier: MIT
// @ts-check
// Tells the runner that the script ended by itself. The exit status does not show that: an unhandled
// Ctrl-C, or stopping Wine, also ends the script with status 0.

const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const endedItself = process.env.DOSVC_WIN_ENDED;
if (isMainThread && endedItself) {
  delete process.env.DOSVC_WIN_ENDED;
  process.on('exit', () => {
    writeFileSync(endedItself, '');
  });
}
