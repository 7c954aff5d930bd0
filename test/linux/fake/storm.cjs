// SPDX-License-Identifier: MIT
// Everything at once and at random, with the first argument as the seed: calls with short deadlines
// and without, hops, hangs, objects that are released, united and renewed, events, questions,
// pipes, and workers that are terminated while they do the same. Every caller is answered, calls on
// one object keep their order, and nothing is left behind.

const assert = require('node:assert/strict');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { addon, ask, connect, freeAll, range, until } = require('./addon.cjs');

const STEPS = 3000;
const MOST_PENDING = 150;
const WORKERS = 6;

// Numerical Recipes' linear congruential generator: enough for a test, and the same everywhere.
let state = (isMainThread ? Number(process.argv[2]) : workerData) >>> 0;
function below(count) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * count);
}
const oneOf = (list) => list[below(list.length)];
const chance = (percent) => below(100) < percent;

const objects = [];
const released = [];
const subscriptions = [];
const pending = new Set();

/** Keeps the handles in a value; on the objects of `fresh` ones there has been no call yet. */
function keep(value, fresh) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.handle === 'number') {
    objects.push(value.handle);
    if (fresh && chance(30)) addon.unite(value.handle, oneOf(['one', 'another']));
  } else {
    for (const inner of Object.values(value)) keep(inner, fresh);
  }
}

const stages = [undefined, 'timeout', 'closed', 'interface'];

/** Tracks a call until it settles; each of its outcomes is well formed. */
function note(given, fresh = false) {
  const asked = given.then((outcomes) => {
    for (const { hresult, stage, value } of [outcomes].flat()) {
      assert.ok(stages.includes(stage), stage);
      assert.equal(hresult, stage === 'interface' ? 0x80004002 : 0);
      keep(value, fresh);
    }
  });
  pending.add(asked);
  void asked.then(() => pending.delete(asked));
}

const deadline = () => oneOf([null, null, 1, 5, 50]);
const some = () => oneOf(objects);
// Now and then, a released handle.
const meant = () => (released.length > 0 && chance(5) ? oneOf(released) : some());
const value = () => oneOf([1, 'text', 'x'.repeat(below(3000)), [null, { a: [true] }]]);

function letGo() {
  const [handle] = objects.splice(below(objects.length), 1);
  assert.equal(addon.release(handle), true);
  released.push(handle);
}

function hop() {
  const then = [{ row: 'Fake::Append', args: [below(100)] }];
  return range(1 + below(3)).map(() =>
    oneOf([
      { row: 'Fake::MakeMany', args: [below(4)], then, keep: chance(50) },
      { row: 'Fake::Echo', args: [value(), { handle: some() }] },
      { row: 'Fake::Sleep', args: [below(4)] },
    ]),
  );
}

const steps = [
  () => note(addon.invoke(meant(), 'Fake::Echo', [value(), { handle: some() }], deadline())),
  () => note(addon.invoke(meant(), 'Fake::Append', [below(9)], deadline(), chance(50))),
  () => note(addon.invoke(meant(), 'Fake::AppendEnding', [1], deadline())),
  () => note(addon.invoke(meant(), 'Fake::Sleep', [below(10)], deadline(), chance(50))),
  () => note(addon.invoke(meant(), 'Fake::MakeMany', [below(4)], deadline()), true),
  () => note(addon.invokeMany(meant(), hop(), deadline(), chance(30))),
  () => note(addon.connect([], deadline()), true),
  () => chance(20) && note(addon.invoke(meant(), 'Fake::HangAndMake', [], deadline(), chance(30))),
  () => chance(20) && freeAll(),
  () => letGo(),
  () => addon.renew(meant(), meant()),
  () => subscriptions.push(addon.subscribe('ticker', null, { threads: 2, coalesces: chance(50) })),
  () => subscriptions.push(addon.subscribe('asker', null, { patience: below(50) })),
  () => {
    const options = { threads: 2, writes: below(20), size: below(2000), capacity: 1 + below(1000) };
    subscriptions.push(addon.subscribe('writer', null, options));
  },
  () => addon.release(subscriptions.splice(below(subscriptions.length), 1)[0] ?? 0),
];

// Answers at once, later, twice, wrongly or not at all.
function answer(question, length) {
  const given = () => oneOf([length, length, length, 0, 'no number', [null]]);
  if (chance(80)) addon.answer(question, given());
  if (chance(10))
    setTimeout(() => addon.answer(question, oneOf([length, 'late'])), below(20)).unref();
}

addon.listen((batch) => {
  for (const { value } of batch) {
    if (value.question !== undefined) answer(value.question, value.bytes?.length ?? 1);
  }
});

async function storm(going) {
  for (let step = 0; going(step); ++step) {
    // Some objects stay, so that there is always one to call.
    if (objects.length < 4) keep((await addon.connect([], null)).value, true);
    while (objects.length > 100) letGo();
    if (subscriptions.length > 6) addon.release(subscriptions.shift());
    oneOf(steps)();
    if (chance(25)) await new Promise((resolve) => setImmediate(resolve));
    while (pending.size > MOST_PENDING) {
      freeAll();
      await Promise.race(pending);
    }
  }
}

async function terminateOne() {
  const worker = new Worker(__filename, { workerData: below(2 ** 32) });
  const failed = new Promise((_, reject) => worker.once('error', reject));
  const run = async () => {
    await new Promise((resolve) => worker.once('online', resolve));
    await new Promise((resolve) => setTimeout(resolve, below(150)));
    await worker.terminate();
  };
  await Promise.race([run(), failed]);
}

async function inMain() {
  const orderly = await connect();
  const counts = [];
  const append = () => ask(orderly, 'Append', counts.length);
  const workers = [];
  await storm((step) => {
    if (step % 10 === 0) counts.push(append());
    if (step % Math.floor(STEPS / WORKERS) === 0) workers.push(terminateOne());
    return step < STEPS;
  });
  await Promise.all(workers);
  await until(() => {
    freeAll();
    return pending.size === 0;
  });
  assert.deepEqual(
    await Promise.all(counts),
    counts.map((_, at) => at + 1),
  );
  for (const handle of [...objects, ...subscriptions]) addon.release(handle);
  await until(async () => {
    freeAll();
    const { engines, objects: left, hanging } = await ask(orderly, 'Count');
    return engines === 1 && left === 1 && hanging === 0;
  });
  await until(() => addon.counters().lent === 0 && addon.counters().requests === 0);
  console.log('done');
}

void (isMainThread ? inMain() : storm(() => true));
