// SPDX-License-Identifier: MIT
// While a call hangs on a lent thread, calls that end overtake everything, calls that halt overtake
// everything but a waiting start, and no other call overtakes. The waiting calls run when the hung
// call returns.

const assert = require('node:assert/strict');
const { addon, ask, connect, makeMany, range, until } = require('./addon.cjs');

const kinds = ['Append', 'AppendStarting', 'AppendHalting', 'AppendEnding'];

void (async () => {
  const root = await connect();

  // Nothing hangs: the calls run in order.
  const [calm] = await makeMany(root, 1);
  await Promise.all(range(300).map((i) => ask(calm, kinds[i % 4], i)));
  assert.deepEqual(await ask(calm, 'Appended'), range(300));

  // Some calls are posted before the thread is lent, some after.
  const [busy, started] = await makeMany(root, 2);
  const settled = [];
  const append = (row, value) => ask(busy, row, value).then(() => settled.push(value));
  const hangs = [ask(busy, 'Hang'), ask(started, 'Hang')];
  const before = [append('Append', 1), append('AppendHalting', 2), append('AppendEnding', 3)];
  // A hop in which one call starts counts as a start.
  const starts = addon.invokeMany(
    started,
    [
      { row: 'Fake::Append', args: [1] },
      { row: 'Fake::AppendStarting', args: [2] },
    ],
    null,
  );
  const halts = ask(started, 'AppendHalting', 3);
  await ask(started, 'AppendEnding', 4);
  await Promise.all(before.slice(1));
  assert.equal(addon.counters().lent, 2);

  await append('AppendHalting', 4);
  const after = [append('AppendStarting', 5), append('AppendHalting', 6)];
  await append('AppendEnding', 7);
  // The first two overtook at the same moment, on a thread each.
  const overtook = [2, 3, 4, 7];
  const sorted = (list) => [...list.slice(0, 2).sort(), ...list.slice(2)];
  assert.deepEqual(sorted(settled), overtook);

  // Four threads are idle when the hung call returns. The calls behind it run within the deadline,
  // which is far shorter than a thread stays idle.
  const others = await makeMany(root, 4);
  await Promise.all(others.map((object) => ask(object, 'Sleep', 50)));
  await until(() => addon.counters().threads === 6);
  const last = addon.invoke(busy, 'Fake::Appended', [], 5000);
  await ask(busy, 'Free');
  const { hresult, value } = await last;
  assert.equal(hresult, 0);
  assert.deepEqual(sorted(value), [...overtook, 1, 5, 6]);
  await ask(started, 'Free');
  assert.deepEqual(await ask(started, 'Appended'), [4, 1, 2, 3]);
  await Promise.all([...hangs, ...before, ...after, starts, halts]);
  assert.equal(addon.counters().lent, 0);
  console.log('done');
})();
