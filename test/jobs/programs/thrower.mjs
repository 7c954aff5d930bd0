// SPDX-License-Identifier: MIT
// thrower.mjs ID SERVICE [uncaught]: resumes a job that has a listener which throws. Prints the
// exception, or leaves it to Node.

import { BackgroundCopyManager } from 'dosvc';

const [id = '', service, uncaught] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ service, pollInterval: 50 });
const job = await manager.getJob(id);
const other = await manager.getJob(id);

const reported = new Promise((resolve) => {
  if (uncaught === undefined) {
    process.on('uncaughtException', (error) => {
      console.log(`uncaught: ${error.message}`);
      resolve();
    });
  }
});
job.on('transferred', () => {
  throw new Error('thrown by a listener');
});
const heard = [
  new Promise((resolve) => {
    other.on('transferred', () => {
      console.log('another object heard');
      resolve();
    });
  }),
  new Promise((resolve) => {
    job.on('progress', ({ filesTransferred }) => {
      if (filesTransferred === 0) return;
      console.log('another event was heard');
      job.removeAllListeners('progress');
      resolve();
    });
  }),
];
await job.resume();
// A promise alone does not keep Node alive.
const alive = setInterval(() => {}, 1000);
await Promise.all([reported, ...heard]);
clearInterval(alive);
