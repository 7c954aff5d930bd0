// SPDX-License-Identifier: MIT
// As many calls hang as the argument says, each on its own object: other objects' calls run all the
// same while the pool has a thread to lend, and afterwards nothing is left behind.

const assert = require('node:assert/strict');
const { addon, ask, connect, freeAll, makeMany, range, until } = require('./addon.cjs');

const MOST_THREADS = 32;
const count = Number(process.argv[2]);

void (async () => {
  const root = await connect();
  const hung = await makeMany(root, count);
  const others = await makeMany(root, 8);
  const hangs = hung.map((object) => ask(object, 'Hang'));
  const behind = hung.map((object, i) => ask(object, 'Append', i));
  const hanging = Math.min(count, MOST_THREADS);

  if (count < MOST_THREADS) {
    assert.deepEqual(
      await Promise.all(others.map((object) => ask(object, 'Append', 1))),
      Array(8).fill(1),
    );
    await until(() => addon.counters().lent === count);
    assert.equal((await ask(root, 'Count')).hanging, count);
    for (const object of hung) await ask(object, 'Free');
  } else {
    // Nothing is left to lend: what hangs first must be freed from outside before the rest runs.
    await until(() => addon.counters().lent === hanging);
    assert.equal(addon.counters().threads, MOST_THREADS);
    const late = others.map((object) => ask(object, 'Append', 1));
    const frees = hung.map((object) => ask(object, 'Free'));
    const timedOut = await addon.invoke(root, 'Fake::Echo', [], 100, true);
    assert.deepEqual(timedOut, { hresult: 0, value: null, stage: 'timeout' });
    assert.equal(addon.counters().threads, MOST_THREADS);
    freeAll();
    assert.deepEqual(await Promise.all(late), Array(8).fill(1));
    await Promise.all(frees);
  }

  await Promise.all(hangs);
  assert.deepEqual(await Promise.all(behind), Array(count).fill(1));
  await until(() => addon.counters().lent === 0 && addon.counters().threads <= 4);
  const counts = await Promise.all(range(64).map((i) => ask(others[i % 8], 'Append', i)));
  assert.deepEqual(
    counts,
    range(64).map((i) => Math.floor(i / 8) + 2),
  );
  console.log('done');
})();
