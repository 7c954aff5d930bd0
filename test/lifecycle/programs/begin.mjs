// SPDX-License-Identifier: MIT
// begin.mjs URL PATH: starts a job, prints its id, and runs until it is killed.

import { BackgroundCopyManager } from 'dosvc';

const [url = '', path = ''] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ service: 'bits' });
const job = await manager.createJob('dosvc test');
await job.addFile(url, path);
await job.resume();
console.log(`begun ${job.id}.`);
await job.wait();
