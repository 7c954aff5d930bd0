// SPDX-License-Identifier: MIT
// The environment ends in the way that the argument names, with everything in progress at once.

const { addon, ask, connect, makeMany, range, until } = require('./addon.cjs');

const [ending] = process.argv.slice(2);

void (async () => {
  const root = await connect();
  let told = 0;
  addon.listen((batch) => (told += batch.length));
  for (const kind of ['ticker', 'ticker', 'asker', 'writer']) {
    addon.subscribe(kind, null, { threads: 2, patience: 600_000, size: 1000, capacity: 10 });
  }
  const objects = await makeMany(root, 8);
  // None of these keeps the process alive.
  for (const i of range(64)) {
    addon.invoke(objects[i % 8], 'Fake::Sleep', [20], i % 2 ? 600_000 : null, true);
    addon.invoke(objects[i % 8], 'Fake::MakeMany', [5], null, true);
  }
  for (const i of range(3)) addon.invoke(objects[i], 'Fake::HangAndMake', [], null, true);
  await until(() => told > 50);

  process.on('exit', (status) => console.log('exit', status, addon.counters().requests > 0));
  if (ending === 'exit') process.exit(3);
  if (ending === 'throw') throw new Error('planted');
  if (ending === 'throw in the listener') {
    addon.listen(() => {
      throw new Error('planted');
    });
    await ask(root, 'Sleep', 600_000);
  }
})();
