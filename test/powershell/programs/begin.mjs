// SPDX-License-Identifier: MIT
// begin.mjs SERVICE NAME: creates a job of the files that stdin lists as JSON, and starts it. Prints
// the job as JSON; the job goes on in the service.

import { text } from 'node:stream/consumers';
import { BackgroundCopyManager } from 'dosvc';

const [service, name = ''] = process.argv.slice(2);
const files = JSON.parse(await text(process.stdin));
const manager = await BackgroundCopyManager.connect({ service });
const job = await manager.createJob(name);
for (const { url, path } of files) await job.addFile(url, path);
await job.resume();
console.log(JSON.stringify(await job.snapshot()));
await manager.close();
