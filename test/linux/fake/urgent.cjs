// SPDX-License-Identifier: MIT
// An urgent call overtakes what hangs before it, once that is lent out, and never anything else; and
// what waited behind the hung call runs when it comes back.

const assert = require('node:assert/strict');
const { addon, ask, connect, makeMany, range, until } = require('./addon.cjs');

void (async () => {
  const root = await connect();

  // Nothing hangs: in order.
  const [calm] = await makeMany(root, 1);
  const rows = range(300).map((i) => (i % 3 === 0 ? 'AppendUrgent' : 'Append'));
  await Promise.all(rows.map((row, i) => ask(calm, row, i)));
  assert.deepEqual(await ask(calm, 'Appended'), range(300));

  // Two were posted before the call was lent out, two come after.
  const [busy] = await makeMany(root, 1);
  const hang = ask(busy, 'Hang');
  const settled = [];
  const append = (row, value) => ask(busy, row, value).then(() => settled.push(value));
  const appends = [append('Append', 1), append('AppendUrgent', 2)];
  await appends[1];
  assert.equal(addon.counters().lent, 1);
  appends.push(append('Append', 3), append('AppendUrgent', 4));
  await appends[3];
  assert.deepEqual(settled, [2, 4]);

  // Four threads are idle when the hung call comes back to what waits behind it: within the
  // deadline, which is far shorter than a thread stays idle.
  const others = await makeMany(root, 4);
  await Promise.all(others.map((object) => ask(object, 'Sleep', 50)));
  await until(() => addon.counters().threads === 5);
  const last = addon.invoke(busy, 'Fake::Appended', [], 5000, true);
  await ask(busy, 'Free');
  assert.deepEqual(await last, { hresult: 0, value: [2, 4, 1, 3] });
  await hang;
  assert.equal(addon.counters().lent, 0);
  console.log('done');
})();
