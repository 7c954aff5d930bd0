// SPDX-License-Identifier: MIT
// The end of the only environment, a worker that does what the argument says and is then idle until
// its threads have ended. The end starts no thread if nothing is left to release, nor if the
// process ends with the environment; otherwise everything left is released. The threads have names.

const assert = require('node:assert/strict');
const { readFileSync, readdirSync } = require('node:fs');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

/** Our threads, by their names. */
function ours() {
  const tasks = readdirSync('/proc/self/task');
  const names = tasks.map((task) => readFileSync(`/proc/self/task/${task}/comm`, 'utf8').trim());
  return [...new Set(names.filter((name) => name.startsWith('dosvc')))].sort();
}

/** What the worker does, by the argument. */
const ways = {
  loads: async () => require('./addon.cjs'),
  'lets go': async () => {
    const { addon, connect, until } = require('./addon.cjs');
    addon.release(await connect());
    await until(() => addon.counters().objects === 0);
  },
  holds: async () => {
    const { connect, makeMany } = require('./addon.cjs');
    await makeMany(await connect(), 3);
  },
  'holds to the end': async () => {
    const { addon } = require('./addon.cjs');
    addon.listen(() => {}, true);
    await ways.holds();
  },
};
// Our threads after the worker's end.
const left = {
  loads: [],
  'lets go': ['dosvc-clock'],
  holds: ['dosvc-calls', 'dosvc-clock'],
  'holds to the end': ['dosvc-clock'],
};

async function inWorker() {
  await ways[workerData]();
  const { addon, until } = require('./addon.cjs');
  // A thread names itself a moment after it was started.
  if (workerData !== 'loads') await until(() => ours().length === 2);
  const during = ours();
  await until(() => addon.counters().threads === 0);
  parentPort.once('message', () => parentPort.close());
  parentPort.postMessage(during);
}

async function inMain() {
  const [, , way] = process.argv;
  const worker = new Worker(__filename, { workerData: way });
  const failed = new Promise((_, reject) => worker.once('error', reject));
  const said = new Promise((resolve) => worker.once('message', resolve));
  const during = way === 'loads' ? [] : ['dosvc-calls', 'dosvc-clock'];
  assert.deepEqual(await Promise.race([said, failed]), during);
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.postMessage('end');
  assert.equal(await Promise.race([ended, failed]), 0);
  assert.deepEqual(ours(), left[way]);

  // Objects left to the end of the process are released if another environment starts after all.
  const { ask, connect, until } = require('./addon.cjs');
  const root = await connect();
  await until(async () => {
    const { engines, objects } = await ask(root, 'Count');
    return engines === 1 && objects === 1;
  });
  console.log('done');
}

void (isMainThread ? inMain() : inWorker());
