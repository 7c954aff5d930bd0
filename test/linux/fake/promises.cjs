// SPDX-License-Identifier: MIT
// 64 calls in flight on 8 objects, repeatedly: each call settles, and each object keeps their
// order.

const assert = require('node:assert/strict');
const { addon, ask, connect, makeMany, range, until } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  const objects = await makeMany(root, 8);
  for (const round of range(20)) {
    const counts = await Promise.all(range(64).map((i) => ask(objects[i % 8], 'Append', i)));
    assert.deepEqual(
      counts,
      range(64).map((i) => round * 8 + Math.floor(i / 8) + 1),
    );
  }
  for (const [i, object] of objects.entries()) {
    const appended = await ask(object, 'Appended');
    assert.deepEqual(
      appended,
      range(20).flatMap(() => range(8).map((j) => j * 8 + i)),
    );
  }

  // Several calls in one hop: they run in order, whatever each of them returns.
  const [own] = await makeMany(root, 1);
  const toCall = (row, args = [], more = {}) => ({ row: `Fake::${row}`, args, ...more });
  const many = addon.invokeMany(
    own,
    [
      toCall('Append', [1]),
      toCall('Fail', [0x80200001]),
      toCall('OutOfMemory'),
      toCall('Append', [2]),
      toCall('Appended'),
    ],
    null,
  );
  const next = ask(own, 'Append', 3);
  assert.deepEqual(await many, [
    { hresult: 0, value: 1 },
    { hresult: 0x80200001, value: null },
    { hresult: 0x8007000e, value: null, mayHaveRun: true },
    { hresult: 0, value: 2 },
    { hresult: 0, value: [1, 2] },
  ]);
  assert.equal(await next, 3);
  assert.deepEqual(await addon.invokeMany(own, [], null), []);

  // Calls on the object that a call returns: the object is kept if the hop asks for that.
  const before = addon.counters().objects;
  const then = [toCall('Append', [7]), toCall('Fail', [1]), toCall('Append', [8])];
  const outcomes = [
    { hresult: 0, value: 1 },
    { hresult: 1, value: null },
    { hresult: 0, value: 2 },
  ];
  const [dropped, kept, failed] = await addon.invokeMany(
    own,
    [
      toCall('MakeMany', [3], { then }),
      toCall('Make', [], { then, keep: true }),
      toCall('Fail', [0x80200001], { then }),
    ],
    null,
  );
  assert.deepEqual(dropped.value, Array(3).fill({ object: null, outcomes }));
  assert.deepEqual(kept.value.outcomes, outcomes);
  assert.deepEqual(await ask(kept.value.object.handle, 'Appended'), [7, 8]);
  assert.deepEqual(failed, { hresult: 0x80200001, value: null });
  await until(() => addon.counters().objects === before + 1);

  assert.equal(addon.counters().requests, 0);
  console.log('done');
})();
