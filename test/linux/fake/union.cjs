// SPDX-License-Identifier: MIT
// Objects that stand for the same thing share one strand; other objects do not wait for them.

const assert = require('node:assert/strict');
const { addon, ask, connect, makeMany, until } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  for (let round = 0; round < 3; ++round) {
    const key = `job ${round}`;
    const [first, second, other] = await makeMany(root, 3);
    assert.equal(addon.unite(first, key), true);
    assert.equal(addon.unite(second, key), true);
    assert.equal(addon.unite(other, `not ${key}`), true);

    const order = [];
    const asked = (object, name) => ask(object, 'Append', name).then(() => order.push(name));
    const hang = ask(first, 'Hang');
    const answered = [asked(second, 'second'), asked(first, 'first')];
    await asked(other, 'other');
    assert.deepEqual(order, ['other']);
    await until(() => addon.counters().lent > 0);
    await ask(first, 'Free');
    await Promise.all([hang, ...answered]);
    assert.deepEqual(order, ['other', 'second', 'first']);

    // The strand outlives the object that it came from, and a new object joins it.
    addon.release(first);
    const [third] = await makeMany(root, 1);
    assert.equal(addon.unite(third, key), true);
    assert.equal(addon.unite(first, key), false);
    assert.equal(await ask(third, 'Append', 1), 1);
    for (const handle of [second, third, other]) addon.release(handle);
  }
  await until(() => addon.counters().objects === 1);
  console.log('done');
})();
