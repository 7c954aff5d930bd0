// SPDX-License-Identifier: MIT
// Objects are destroyed after their last handle is released, on their strands; so are objects that
// no caller receives.

const assert = require('node:assert/strict');
const { addon, ask, call, connect, makeMany, until } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  const objects = () => addon.counters().objects;
  const handles = await makeMany(root, 100);
  assert.equal(objects(), 101);
  const again = await Promise.all(handles.map((handle) => ask(root, 'Echo', { handle })));
  for (const handle of handles) addon.release(handle);
  assert.equal(objects(), 101);
  for (const [{ handle }] of again) addon.release(handle);
  await until(() => objects() === 1);

  // A second handle keeps the object, and is the same object.
  const [one] = await makeMany(root, 1);
  await ask(one, 'Append', 1);
  const shared = addon.share(one);
  assert.notEqual(shared, one);
  addon.release(one);
  assert.equal(addon.share(one), null);
  assert.deepEqual(await ask(shared, 'Appended'), [1]);
  assert.equal(objects(), 2);
  addon.release(shared);
  await until(() => objects() === 1);

  // Released with calls in flight: the calls run first.
  const [busy] = await makeMany(root, 1);
  const counts = [1, 2, 3].map((i) => ask(busy, 'Append', i));
  addon.release(busy);
  assert.deepEqual(await Promise.all(counts), [1, 2, 3]);
  await until(() => objects() === 1);

  // A result that arrives after its deadline.
  const [late] = await makeMany(root, 1);
  const outcome = await addon.invoke(late, 'Fake::HangAndMake', [], 1000);
  assert.deepEqual(outcome, { hresult: 0, value: null, stage: 'timeout', mayHaveRun: true });
  assert.equal(objects(), 2);
  await call(late, 'Free');
  addon.release(late);
  await until(() => objects() === 1);
  assert.equal((await ask(root, 'Count')).objects, 1);
  assert.deepEqual(addon.counters().handles, 1);
  console.log('done');
})();
