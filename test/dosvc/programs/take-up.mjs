// SPDX-License-Identifier: MIT
// take-up.mjs OPTIONS ID [complete]: waits for a job that another process started. With `complete` it
// then completes the job. Without, it runs until it is killed.

import { BackgroundCopyManager } from 'dosvc';

const [options = '{}', id = '', then] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect(JSON.parse(options));
const job = await manager.getJob(id);
const stay = then === 'complete' ? undefined : setInterval(() => undefined, 1000);
const waiting = job.wait();
console.log('found.');
await waiting;
if (stay === undefined) {
  const { code } = await job.complete();
  console.log(code);
  await manager.close();
}
