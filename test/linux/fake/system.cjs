// SPDX-License-Identifier: MIT
// Reads of the system: an outcome for each query, in order; also while calls use up all threads.

const assert = require('node:assert/strict');
const { addon, call, connect, freeAll, makeMany, until, range } = require('./addon.cjs');

const denied = 0x80070005;

void (async () => {
  assert.deepEqual(await addon.readSystem([], null), []);
  const queries = [['one'], ['two', denied], ['three', 0, 'more']];
  const outcomes = [
    { hresult: 0, value: ['one'] },
    { hresult: denied, value: null },
    { hresult: 0, value: ['three', 0, 'more'] },
  ];
  assert.deepEqual(await addon.readSystem(queries, null), outcomes);
  // A query that is no list is an empty one.
  assert.deepEqual(await addon.readSystem(['one'], null), [{ hresult: 0, value: [] }]);
  assert.throws(() => addon.readSystem([[() => 1]], null), TypeError);

  const root = await connect();
  const objects = await makeMany(root, 20);
  const hung = objects.map((object) => call(object, 'Hang'));
  await until(async () => (await call(root, 'Count')).value.hanging === objects.length);
  assert.deepEqual(await addon.readSystem(queries, null), outcomes);
  freeAll();
  await Promise.all(hung);

  const many = range(1000).map((number) => [String(number)]);
  const read = await addon.readSystem(many, null);
  assert.deepEqual(
    read.map(({ value }) => value),
    many,
  );
  for (const object of [root, ...objects]) addon.release(object);
  console.log('done');
})();
