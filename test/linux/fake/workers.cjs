// SPDX-License-Identifier: MIT
// Workers, each with an environment of its own, are terminated in the middle of everything. Their
// objects are destroyed, and the main thread's environment works on.

const assert = require('node:assert/strict');
const { isDeepStrictEqual } = require('node:util');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const { addon, ask, connect, freeAll, makeMany, range, until } = require('./addon.cjs');

const SIDE_BY_SIDE = 4;
const ROUNDS = 5;

async function inWorker() {
  const root = await connect();
  const objects = await makeMany(root, 4);
  void ask(objects[0], 'HangAndMake');
  // The calls of the round's other workers are counted, too: none ends before all of them hang.
  await until(async () => (await ask(root, 'Count')).hanging === SIDE_BY_SIDE);

  for (let left = 2; left > 0; --left) addon.subscribe('ticker', null, { threads: 2 });
  addon.subscribe('asker', null, { patience: 600_000 });
  // Its data is never taken.
  addon.subscribe('writer', null, { size: 1000, capacity: 10 });
  let told = 0;
  addon.listen((batch) => {
    told += batch.length;
    if (told > 20) parentPort.postMessage('in the middle');
  });
  const value = { list: [{ handle: root }, new Uint8Array(9)], deep: [[{ text: 'ünï' }]] };
  const then = [{ row: 'Fake::Append', args: [1] }];
  const calls = [
    { row: 'Fake::MakeMany', args: [2], then, keep: true },
    { row: 'Fake::Echo', args: [value] },
  ];
  for (;;) {
    const asked = range(16).flatMap((i) => {
      const object = objects[1 + (i % 3)];
      addon.release(addon.subscribe('ticker', null, { count: 1 }));
      addon.answer(1_000_000 + i, value);
      addon.counters();
      return [ask(object, 'Echo', value), addon.invokeMany(object, calls, 600_000)];
    });
    await Promise.all(asked);
  }
}

/** Terminates a worker in the middle of its events and calls. */
async function terminateOne() {
  const worker = new Worker(__filename);
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  assert.equal(await worker.terminate(), 1);
}

async function inMain() {
  const root = await connect();
  for (const round of range(ROUNDS)) {
    const ended = range(SIDE_BY_SIDE).map(terminateOne);
    const counts = range(64).map((i) => ask(root, 'Append', i));
    assert.equal((await Promise.all(counts)).at(-1), (round + 1) * 64);
    await Promise.all(ended);
    // Each worker left one call hanging, whose result no caller receives.
    await until(async () => (await ask(root, 'Count')).hanging === SIDE_BY_SIDE);
    freeAll();
    await until(async () => (await ask(root, 'Count')).hanging === 0);
  }
  const workers = ROUNDS * SIDE_BY_SIDE;
  const told = { unanswered: workers, aborted: workers };
  const left = { engines: 1, objects: 1, ...told, refused: 0, spilled: 0, hanging: 0 };
  await until(async () => isDeepStrictEqual(await ask(root, 'Count'), left));
  await until(() => addon.counters().lent === 0);
  console.log('done');
}

void (isMainThread ? inMain() : inWorker());
