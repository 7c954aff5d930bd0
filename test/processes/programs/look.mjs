// SPDX-License-Identifier: MIT
// look.mjs ID SERVICE: prints the state and the progress of a job, and the host that runs it.

import { BackgroundCopyManager } from 'dosvc';

const [id = '', service] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ service });
const job = await manager.getJob(id);
const [state, progress] = [await job.getState(), await job.getProgress()];
console.log(JSON.stringify({ state, progress, host: process.execPath }));
