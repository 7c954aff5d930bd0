// SPDX-License-Identifier: MIT
// scarcity.cjs once|for-good FIRST STEP WORK…: memory runs out at allocation FIRST of each kind of
// work, then STEP allocations later, and so on until the work succeeds: for that allocation alone
// (`once`), or for all from it on (`for-good`). The process survives, every caller is answered, and
// afterwards everything works.

const assert = require('node:assert/strict');
const { Worker, isMainThread } = require('node:worker_threads');
const { addon, ask, connect, makeMany, range, until } = require('./addon.cjs');

const OUT_OF_MEMORY = 0x8007000e;
const noMemory = 'There is no memory left';
// The timing of the threads may decide which allocation is the n-th. So a kind of work is done only
// when so many tries in a row have not reached it.
const MISSES = 3;
const then = [{ row: 'Fake::Append', args: ['a text that is longer than a short one'] }];
const value = { list: [1, 'a text that is longer than a short one', new Uint8Array(100)] };

/** Checks that an error is the only one that may be thrown. */
function checkThrown(error) {
  assert.deepEqual([error.name, error.code], ['RangeError', 'ERR_MEMORY_ALLOCATION_FAILED']);
}

function check(outcome) {
  if (outcome.hresult !== OUT_OF_MEMORY) assert.equal(outcome.hresult, 0);
}

/** Releases all handles in a value. */
function release(value) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.handle === 'number') addon.release(value.handle);
  else Object.values(value).forEach(release);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Each gets the handle of an object of its own; its promise settles, with or without memory. */
const works = {
  connect: () => addon.connect([], null),
  invoke: (object) => addon.invoke(object, 'Fake::Echo', [value, { handle: object }], null),
  hop: (object) =>
    addon.invokeMany(
      object,
      [
        { row: 'Fake::MakeMany', args: [3], then, keep: true },
        { row: 'Fake::Echo', args: [value] },
      ],
      null,
    ),
  'wrong row': async (object) => {
    assert.throws(
      () => addon.invoke(object, 'Fake::ThereIsNoSuchMethodAtAll', [], null),
      ({ name, message }) => name === 'TypeError' || message === noMemory,
    );
  },
  'wrong value': async (object) => {
    const deep = range(200).reduce((inner) => [inner], null);
    const named = { ['a name that is longer than a short one']: 1 };
    for (const given of [deep, named, () => 1]) {
      try {
        const outcome = await addon.invoke(object, 'Fake::Echo', [given], null);
        check(outcome);
      } catch (error) {
        assert.ok(['RangeError', 'TypeError'].includes(error.name));
      }
    }
  },
  detail: async (object) => {
    const why = 'a detail that is longer than a short one';
    const outcome = await addon.invoke(object, 'Fake::Fail', [0, 'argument', why], null);
    if (outcome.hresult === 0) assert.equal(outcome.detail, why);
    else check(outcome);
  },
  deadline: (object) => addon.invoke(object, 'Fake::Sleep', [20], 1),
  system: () => addon.readSystem([['a text that is longer than a short one']], null),
  release: async (object) => {
    addon.release(object);
  },
  unite: async (object, other) => {
    addon.unite(object, 'a key that is longer than a short one');
    addon.unite(other, 'a key that is longer than a short one');
    addon.renew(object, other);
  },
  // If a sink has no memory for an event, it is up to the service to report the event again.
  events: async () => {
    const handle = addon.subscribe('ticker', null, { threads: 2, count: 3 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    addon.release(handle);
  },
  questions: async () => {
    const handle = addon.subscribe('asker', null, { patience: 5 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    addon.release(handle);
  },
  stream: async () => {
    const handle = addon.subscribe('writer', null, { writes: 2, size: 100, capacity: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    addon.release(handle);
  },
  environment: () => {
    const worker = new Worker(__filename);
    return new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    });
  },
};

/** Does a kind of work once; whether memory ran out in it. */
async function tryOnce(root, name, first, forGood) {
  const [object, other] = await makeMany(root, 2);
  addon.subscribe('scarcity', null, { first, forGood });
  const running = (async () => works[name](object, other))();
  const settled = running.catch(checkThrown);
  // With `for-good`, there is no memory for a while; an environment gets none in its whole life.
  if (!forGood || name === 'environment') await settled;
  else await pause(5);
  addon.subscribe('plenty', null, null);
  const outcomes = [await settled].flat().filter((outcome) => outcome !== undefined);
  outcomes.forEach(check);

  release([outcomes, { handle: object }, { handle: other }]);
  assert.deepEqual(await ask(root, 'Echo', first), [first]);
  return (await ask(root, 'Count')).refused > 0;
}

async function inMain() {
  const root = await connect();
  addon.listen(() => {});
  const [mode, from, step, ...names] = process.argv.slice(2);
  for (const name of names) {
    for (let first = Number(from), missed = 0; missed < MISSES; first += Number(step)) {
      missed = (await tryOnce(root, name, first, mode === 'for-good')) ? 0 : missed + 1;
    }
  }
  assert.equal(addon.counters().requests, 0);
  addon.release(root);
  await until(() => addon.counters().objects === 0);
  console.log('done');
}

async function inWorker() {
  const outcome = await addon.connect([], null);
  check(outcome);
  if (outcome.value === null) return;
  addon.subscribe('ticker', null, { threads: 1, count: 1 });
  check(await addon.invoke(outcome.value.handle, 'Fake::MakeMany', [2], null));
}

void (isMainThread ? inMain() : inWorker().catch(checkThrown));
