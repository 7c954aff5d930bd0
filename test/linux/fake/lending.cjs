// SPDX-License-Identifier: MIT
// As many calls hang as the argument says, each on its own object; with `background` they are background
// calls. Calls that end them, activations, and calls on other objects still run, as long as there
// is a thread to lend for them; afterwards nothing is left behind.

const assert = require('node:assert/strict');
const { addon, ask, connect, freeAll, makeMany, range, until } = require('./addon.cjs');

// How many threads may be lent, as in native/core/pool.h.
const most = { background: 256, calls: 384 };

const [, , argument, kind = 'calls'] = process.argv;
const count = Number(argument);
const background = kind === 'background';

/** Calls each of the objects; `settled` is true when all calls have settled. */
function begin(objects, asked) {
  const begun = { settled: false };
  const calls = objects.map((object) => addon.invoke(object, 'Fake::Append', [1], null, !asked));
  begun.ended = Promise.all(calls).then(() => (begun.settled = true));
  return begun;
}

void (async () => {
  // Background calls, which are the last to settle, do not keep the process alive.
  const alive = setInterval(() => undefined, 1000);
  const root = await connect();
  const hung = await makeMany(root, count);
  const [others, polled] = [await makeMany(root, 8), await makeMany(root, 8)];
  const hangs = hung.map((object) => addon.invoke(object, 'Fake::Hang', [], null, background));
  await until(() => addon.counters().lent === Math.min(count, most[kind]));

  const behind = hung.map((object) => ask(object, 'Append', 2));
  const calls = begin(others, true);
  const polls = begin(polled, false);
  if (background || count < most.calls) await calls.ended;
  if (count < most[kind]) await polls.ended;
  for (const object of hung.slice(0, 8)) await ask(object, 'AppendEnding', 1);
  await connect();
  assert.equal(calls.settled, background || count < most.calls);
  assert.equal(polls.settled, count < most[kind]);

  freeAll();
  await Promise.all([...hung.map((object) => ask(object, 'Free')), calls.ended, polls.ended]);
  await Promise.all([...hangs, ...behind]);
  for (const [i, object] of hung.entries()) {
    const appended = i < 8 ? [1, 2] : [2];
    assert.deepEqual(await ask(object, 'Appended'), appended);
  }
  await until(() => addon.counters().lent === 0 && addon.counters().threads <= 4);
  const counts = await Promise.all(range(64).map((i) => ask(others[i % 8], 'Append', i)));
  assert.deepEqual(
    counts,
    range(64).map((i) => Math.floor(i / 8) + 2),
  );
  clearInterval(alive);
  console.log('done');
})();
