// SPDX-License-Identifier: MIT
// Workers that are terminated a little later each time, the first ones before they have loaded the
// addon.

const { Worker, isMainThread } = require('node:worker_threads');
const { addon, ask, connect, range, until } = require('./addon.cjs');

async function inWorker() {
  const root = await connect();
  addon.subscribe('ticker', null, { threads: 1 });
  for (;;) await Promise.all(range(16).map(() => ask(root, 'Make')));
}

async function terminateAfter(milliseconds) {
  const worker = new Worker(__filename);
  await new Promise((resolve) => worker.once('online', resolve));
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await worker.terminate();
}

async function inMain() {
  const root = await connect();
  for (const i of range(30)) await terminateAfter(i);
  await until(async () => {
    const { engines, objects } = await ask(root, 'Count');
    return engines === 1 && objects === 1;
  });
  console.log('done');
}

void (isMainThread ? inMain() : inWorker());
