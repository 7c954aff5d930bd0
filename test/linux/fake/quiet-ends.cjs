// SPDX-License-Identifier: MIT
// An environment's end starts no thread where nothing is left to let go, nor where the process ends
// with it; everywhere else what is left is let go. The threads have names.

const assert = require('node:assert/strict');
const { readFileSync, readdirSync } = require('node:fs');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const { addon, ask, connect, makeMany, until } = require('./addon.cjs');

/** Our threads, by their names. */
function ours() {
  const tasks = readdirSync('/proc/self/task');
  const names = tasks.map((task) => readFileSync(`/proc/self/task/${task}/comm`, 'utf8').trim());
  return [...new Set(names.filter((name) => name.startsWith('dosvc')))].sort();
}

const ways = {
  loads: async () => {},
  letsGo: async () => {
    addon.release(await connect());
    await until(() => addon.counters().objects === 0);
  },
  holds: async () => {
    await makeMany(await connect(), 3);
  },
  holdsToTheEnd: async () => {
    addon.listen(() => {}, true);
    await makeMany(await connect(), 3);
  },
};

async function inWorker() {
  await ways[workerData]();
  parentPort.once('message', () => parentPort.close());
  parentPort.postMessage('ready');
}

async function begin(way) {
  const worker = new Worker(__filename, { workerData: way });
  const failed = new Promise((_, reject) => worker.once('error', reject));
  await Promise.race([new Promise((resolve) => worker.once('message', resolve)), failed]);
  return async () => {
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('end');
    assert.equal(await Promise.race([ended, failed]), 0);
  };
}

async function inMain() {
  await (
    await begin('loads')
  )();
  assert.deepEqual(ours(), [], 'loading starts none');

  const [loads, letsGo, holds, holdsToTheEnd] = await Promise.all(Object.keys(ways).map(begin));
  assert.deepEqual(ours(), ['dosvc-calls', 'dosvc-clock']);
  await until(() => addon.counters().threads === 0);
  for (const end of [loads, letsGo, holdsToTheEnd]) {
    await end();
    assert.equal(addon.counters().threads, 0);
  }
  assert.deepEqual(ours(), ['dosvc-clock']);
  await holds();
  assert.notEqual(addon.counters().threads, 0);

  // What was left to the end of the process goes with the next call at the latest.
  const root = await connect();
  await until(async () => {
    const { engines, objects } = await ask(root, 'Count');
    return engines === 1 && objects === 1;
  });
  console.log('done');
}

void (isMainThread ? inMain() : inWorker());
