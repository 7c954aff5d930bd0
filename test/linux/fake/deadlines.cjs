// SPDX-License-Identifier: MIT
// A call past its deadline: a call that runs may take effect, a call that waits never runs.

const assert = require('node:assert/strict');
const { addon, ask, connect, makeMany, range } = require('./addon.cjs');

const timeout = { hresult: 0, value: null, stage: 'timeout' };

void (async () => {
  const root = await connect();
  const [busy] = await makeMany(root, 1);
  const within = (milliseconds, row, ...args) =>
    addon.invoke(busy, `Fake::${row}`, args, milliseconds);
  const running = within(1000, 'Hang');
  const waiting = range(5).map((i) => within(10 + i, 'Append', i));
  const many = addon.invokeMany(
    busy,
    [8, 9].map((i) => ({ row: 'Fake::Append', args: [i] })),
    20,
  );
  assert.deepEqual(await Promise.all(waiting), Array(5).fill(timeout));
  assert.deepEqual(await many, [timeout]);
  assert.deepEqual(await running, { ...timeout, mayHaveRun: true });
  assert.equal(addon.counters().requests, 0);

  const last = ask(busy, 'Append', 7);
  await ask(busy, 'Free');
  assert.equal(await last, 1);
  assert.deepEqual(await ask(busy, 'Appended'), [7]);

  // A deadline that is not reached leaves nothing behind.
  assert.deepEqual(await within(600_000, 'Append', 8), { hresult: 0, value: 2 });
  console.log('done');
})();
