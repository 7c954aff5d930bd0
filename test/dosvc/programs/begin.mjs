// SPDX-License-Identifier: MIT
// begin.mjs OPTIONS URL PATH: starts a job, prints its id, and runs until it is killed. OPTIONS: the
// options of connect(), as JSON.

import { BackgroundCopyManager } from 'dosvc';

const [options = '{}', url = '', path = ''] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect(JSON.parse(options));
const job = await manager.createJob('endurance');
await job.addFile(url, path);
await job.resume();
setInterval(() => undefined, 1000);
console.log(`begun ${job.id}.`);
await job.wait();
