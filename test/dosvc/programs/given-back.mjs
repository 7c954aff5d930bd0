// SPDX-License-Identifier: MIT
// given-back.mjs OPTIONS ID TIMES: one worker reads the job's notify interface repeatedly, while
// another sets and withdraws it TIMES times. OPTIONS: the options of connect(), as JSON.

import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { BackgroundCopyManager } from 'dosvc';

const [options = '{}', id = '', times = ''] = process.argv.slice(2);

async function job() {
  const manager = await BackgroundCopyManager.connect(JSON.parse(options));
  return manager.getJob(id);
}

async function ask() {
  let over = false;
  parentPort?.once('message', () => {
    over = true;
  });
  const mine = await job();
  const found = new Set();
  while (!over) found.add(JSON.stringify(await mine.getNotifyInterface()));
  // This worker sets none itself: it finds none, or the other worker's.
  parentPort?.postMessage([...found].sort().join());
}

async function comeAndGo() {
  const mine = await job();
  const listener = () => {};
  for (let turn = 0; turn < Number(times); turn++) {
    mine.on('transferred', listener);
    if (turn % 2 === 0) await mine.getState();
    mine.off('transferred', listener);
    // Limits the number of calls that wait in the job's queue.
    if (turn % 10 === 0) await mine.getState();
  }
  await mine.getState();
}

if (isMainThread) {
  const file = fileURLToPath(import.meta.url);
  const start = (/** @type {string} */ role) =>
    new Worker(file, { argv: [options, id, times], workerData: role });
  const [asking, coming] = [start('ask'), start('come')];
  await once(coming, 'exit');
  const answer = once(asking, 'message');
  asking.postMessage('over');
  const [found] = await answer;
  console.log(`found ${found}`);
} else if (workerData === 'ask') {
  await ask();
} else {
  await comeAndGo();
}
