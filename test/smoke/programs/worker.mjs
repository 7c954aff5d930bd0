// SPDX-License-Identifier: MIT
// A worker: connects to BITS, and downloads the file when it is told to.

import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '../scene.mjs';

const manager = await connect('bits');
parentPort.postMessage('connected');
await once(parentPort, 'message');
const job = await manager.createJob('dosvc smoke test');
await job.addFile(workerData.url, workerData.file);
await job.resume();
await job.wait();
await job.complete();
await manager.close();
