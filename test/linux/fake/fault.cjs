// SPDX-License-Identifier: MIT
// Plants the fault that the argument names in a call, and prints 'done' when the call has returned.

const { ask, connect } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  await ask(root, 'Fault', process.argv[2]);
  console.log('done');
})();
