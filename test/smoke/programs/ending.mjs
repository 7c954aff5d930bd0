// SPDX-License-Identifier: MIT
// ending.mjs listener URL FILE | hung CLASS FOLDER | exit CLASS FOLDER: a process that ends with something
// left, in the way that the name says.

import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager } from 'dosvc';
import { servers } from '../hanging-class.mjs';
import { connect } from '../scene.mjs';

const [way, ...args] = process.argv.slice(2);

/**
 * Resolves when COM has started the class's server. In Wine it is this process that starts it, and a
 * process whose creator ends meanwhile waits for ever.
 */
async function hangs(folder) {
  while (servers(folder).length === 0) await sleep(20);
}

const ways = {
  /** With the listeners of a job that goes on. */
  listener: async (url, file) => {
    const manager = await connect('bits');
    const job = await manager.createJob('dosvc smoke test');
    job.on('transferred', () => console.log('transferred'));
    await job.addFile(url, file);
    await job.resume();
    console.log(job.id);
  },
  /** With a call that hangs, after its promise has rejected. */
  hung: async (service, folder) => {
    const error = await BackgroundCopyManager.connect({ service, callTimeout: 500 }).catch(
      (e) => e,
    );
    await hangs(folder);
    console.log(error.code);
  },
  /** By process.exit(), while that call and others are pending. */
  exit: async (service, folder) => {
    const manager = await connect('bits');
    void BackgroundCopyManager.connect({ service });
    await hangs(folder);
    const calls = Array.from({ length: 10 }, () => manager.enumJobs());
    await calls[0];
    console.log('pending');
    process.exit(7);
  },
};
await ways[way](...args);
