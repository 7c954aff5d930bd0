// SPDX-License-Identifier: MIT
// workers.mjs ID ID…: starts a worker for each job but the first, five at a time. Every second
// worker makes calls until it is terminated; the others end by themselves. The main thread loads
// the package at the same moment as the first workers, and calls its own job all the while. Each
// worker has its own job because Wine's BITS takes no lock when a notify interface is set, and
// hangs if several threads set that of one job.

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { BackgroundCopyManager } from 'dosvc';
import { keepInUse, takeTurns } from './proxy-race.mjs';

const [id = '', ...others] = process.argv.slice(2);
const forever = others[0] === 'forever';
const turns = workerData ?? new SharedArrayBuffer(4);

async function job() {
  const manager = await takeTurns(turns, () =>
    BackgroundCopyManager.connect({ service: 'bits', pollInterval: 50 }),
  );
  return manager.getJob(id);
}

async function work() {
  const mine = await job();
  mine.on('progress', () => {});
  let calls = Array.from({ length: 4 }, () => mine.getState());
  parentPort.postMessage((await Promise.all(calls)).join());
  while (forever) {
    calls = Array.from({ length: 4 }, () => mine.getState());
    await Promise.all(calls);
  }
}

/** @param {string} itsId @param {number} number */
function runWorker(itsId, number) {
  const terminated = number % 2 === 1;
  const argv = [itsId, terminated ? 'forever' : ''];
  const worker = new Worker(fileURLToPath(import.meta.url), { argv, workerData: turns });
  return new Promise((resolve, reject) => {
    let said = '';
    worker.on('message', (states) => {
      said = states;
      if (terminated) void worker.terminate();
    });
    worker.on('error', reject);
    worker.on('exit', (status) => {
      resolve(`${said} ${status}`);
    });
  });
}

async function main() {
  const ends = [];
  let calls = 0;
  let done = false;
  const busy = (async () => {
    const mine = await job();
    for (; !done; calls++) await mine.getState();
    return mine.getState();
  })();
  for (let round = 0; round < others.length; round += 5) {
    ends.push(...(await Promise.all(others.slice(round, round + 5).map(runWorker))));
  }
  done = true;
  console.log(JSON.stringify({ ends, state: await busy, called: calls > 0 }));
}

if (isMainThread) {
  keepInUse();
  await main();
} else {
  await work();
}
