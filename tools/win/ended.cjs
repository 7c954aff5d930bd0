// SPDX-License-Identifier: MIT
// @ts-check
// Tells the runner that the script came to its own end. A Ctrl-C that nothing handles, or a Wine
// that is stopped, ends it with status 0 as well.

const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const endedItself = process.env.DOSVC_WIN_ENDED;
if (isMainThread && endedItself) {
  delete process.env.DOSVC_WIN_ENDED;
  process.on('exit', () => {
    writeFileSync(endedItself, '');
  });
}
