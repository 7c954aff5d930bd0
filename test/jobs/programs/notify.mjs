// SPDX-License-Identifier: MIT
// notify.mjs ID SERVICE: sets functions on a job, and ends when the job is transferred.

import { BackgroundCopyManager } from 'dosvc';

const [id = '', service] = process.argv.slice(2);
// Every callback comes from the service: no poll is in time.
const manager = await BackgroundCopyManager.connect({ service, pollInterval: 600_000 });
const job = await manager.getJob(id);
const alive = setInterval(() => {}, 1000);
await job.setNotifyInterface({
  jobTransferred(transferred) {
    console.log(transferred === job ? 'called with its job' : 'called with another');
    clearInterval(alive);
  },
});
console.log('set');
