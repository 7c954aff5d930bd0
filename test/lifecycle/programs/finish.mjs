// SPDX-License-Identifier: MIT
// finish.mjs ID: completes a job that another process started.

import { BackgroundCopyManager } from 'dosvc';

const [id = ''] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ service: 'bits', pollInterval: 50 });
const job = await manager.getJob(id);
console.log('found');
await job.wait();
const { code } = await job.complete();
console.log(code);
await manager.close();
