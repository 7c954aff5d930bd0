// SPDX-License-Identifier: MIT
// create.mjs OPTIONS START: creates a job as soon as the file START exists, and prints its id.
// OPTIONS: the options of connect(), as JSON.

import { existsSync } from 'node:fs';
import { BackgroundCopyManager } from 'dosvc';

const [options = '{}', start = ''] = process.argv.slice(2);
console.log('ready');
while (!existsSync(start)) await new Promise((resolve) => setTimeout(resolve, 5));
const manager = await BackgroundCopyManager.connect(JSON.parse(options));
const job = await manager.createJob('activation');
console.log(`job ${job.id}`);
await manager.close();
