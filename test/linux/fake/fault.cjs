// SPDX-License-Identifier: MIT
// Plants the fault of the argument in a call, and says when it has passed.

const { ask, connect } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  await ask(root, 'Fault', process.argv[2]);
  console.log('done');
})();
