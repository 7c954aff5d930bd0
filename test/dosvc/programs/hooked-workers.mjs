// SPDX-License-Identifier: MIT
// hooked-workers.mjs OPTIONS ID TIMES: starts workers, one after another, that end in the same turn
// of the event loop in which they begin to listen to the job. OPTIONS: the options of connect(), as
// JSON.

import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { BackgroundCopyManager } from 'dosvc';

const [options = '{}', id = '', times = ''] = process.argv.slice(2);

async function listenAndEnd() {
  const manager = await BackgroundCopyManager.connect(JSON.parse(options));
  const job = await manager.getJob(id);
  job.on('transferred', () => {});
  job.on('modification', () => {});
  parentPort?.postMessage('listening');
  // The main thread terminates every other one.
  if (times === 'exit') process.exit();
}

if (isMainThread) {
  let ended = 0;
  for (let turn = 0; turn < Number(times); turn++) {
    const argv = [options, id, turn % 2 === 0 ? 'exit' : 'terminated'];
    const worker = new Worker(fileURLToPath(import.meta.url), { argv });
    const end = once(worker, 'exit');
    await once(worker, 'message');
    await worker.terminate();
    await end;
    ended += 1;
  }
  console.log(`${String(ended)} ended`);
} else {
  await listenAndEnd();
}
