// SPDX-License-Identifier: MIT
// A call whose caller waits keeps the process alive, and nothing else does.

const { addon, connect } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  process.on('exit', () => console.log('exit'));
  addon.subscribe('ticker', null, { threads: 1 });
  void addon.invoke(root, 'Fake::Hang', [], null, true).then(() => console.log('never'));
  const { value } = await addon.connect([], null);
  await Promise.all([
    addon.invoke(value.handle, 'Fake::Sleep', [100], null),
    addon.invoke(value.handle, 'Fake::Sleep', [100], null),
  ]);
  console.log('settled');
})();
