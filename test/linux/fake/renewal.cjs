// SPDX-License-Identifier: MIT
// An object takes over what another one has, after the calls queued before and before later ones.

const assert = require('node:assert/strict');
const { addon, ask, connect, makeMany, until } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  for (let round = 0; round < 100; ++round) {
    const [object, source] = await makeMany(root, 2);
    await ask(source, 'Append', 1);
    const before = ask(object, 'Append', 7);
    assert.equal(addon.renew(object, source), true);
    addon.release(source);
    const after = ask(object, 'Append', 2);
    assert.deepEqual(await Promise.all([before, after]), [1, 2]);
    assert.deepEqual(await ask(object, 'Appended'), [1, 2]);
    assert.equal(addon.renew(object, source), false);
    assert.equal(addon.renew(source, object), false);
    addon.release(object);
  }
  await until(() => addon.counters().objects === 1);
  console.log('done');
})();
