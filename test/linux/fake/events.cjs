// SPDX-License-Identifier: MIT
// Events from four foreign threads: none is lost and none overtakes another of its thread, except
// those that may be replaced.

const assert = require('node:assert/strict');
const { addon, ask, connect, range, until } = require('./addon.cjs');

/** All events of one ticker, until each of its threads has posted its last tick. */
async function collect(options) {
  const events = [];
  let batches = 0;
  addon.listen((batch) => {
    batches += 1;
    assert.ok(batch.filter(({ kind }) => kind === 'progress').length <= 1);
    events.push(...batch);
  });
  const subscription = addon.subscribe('ticker', null, options);
  const isLast = ({ kind, value }) => kind === 'tick' && value.number === options.count - 1;
  await until(() => events.filter(isLast).length === options.threads);
  assert.ok(batches <= events.length);
  assert.deepEqual(new Set(events.map((event) => event.subscription)), new Set([subscription]));
  addon.release(subscription);
  return events;
}

const numbers = (events, thread, kind) =>
  events
    .filter((event) => event.value.thread === thread && (!kind || event.kind === kind))
    .map(({ value }) => value.number);

void (async () => {
  const root = await connect();
  const all = await collect({ threads: 4, count: 2001 });
  for (const thread of range(4)) assert.deepEqual(numbers(all, thread), range(2001));

  const some = await collect({ threads: 4, count: 2001, coalesces: true });
  const tens = range(201).map((i) => i * 10);
  for (const thread of range(4)) assert.deepEqual(numbers(some, thread, 'tick'), tens);

  // With one thread the posted order is known: the events that are left are in that order, and the
  // newest is never the one that was replaced.
  const one = numbers(await collect({ threads: 1, count: 2001, coalesces: true }), 0);
  assert.deepEqual(
    one,
    one.toSorted((a, b) => a - b),
  );
  assert.deepEqual(one, [...new Set(one)]);
  assert.ok(one.includes(1999));

  // Two subscriptions at once, one of them ended in the middle of an endless stream.
  const told = new Map();
  addon.listen((batch) => {
    for (const { subscription } of batch) told.set(subscription, (told.get(subscription) ?? 0) + 1);
  });
  const endless = range(2).map(() => addon.subscribe('ticker', null, { threads: 2 }));
  await until(() => endless.every((subscription) => told.get(subscription) > 20));
  addon.release(endless[0]);
  await until(() => addon.counters().objects === 2);
  await ask(root, 'Echo');
  const after = told.get(endless[0]);
  const other = told.get(endless[1]);
  await until(() => told.get(endless[1]) > other + 20);
  assert.equal(told.get(endless[0]), after);
  addon.release(endless[1]);
  await until(() => addon.counters().objects === 1);
  console.log('done');
})();
