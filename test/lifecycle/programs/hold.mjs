// SPDX-License-Identifier: MIT
// hold.mjs wait|watch|ref|unref ID: waits for a job in one of the ways that keep a process alive,
// or in one that does not. Prints 'ready', and then what it receives.

import { BackgroundCopyManager } from 'dosvc';

const [way, id = ''] = process.argv.slice(2);
// Every event comes from the service: no poll is in time.
const manager = await BackgroundCopyManager.connect({ service: 'bits', pollInterval: 600_000 });
const job = await manager.getJob(id);
process.on('beforeExit', () => console.log('nothing left to do'));

switch (way) {
  case 'wait': {
    const waiting = job.wait();
    console.log('ready');
    await waiting;
    console.log('transferred');
    break;
  }
  case 'watch':
    for await (const { filesTransferred } of job.watch()) {
      console.log(filesTransferred === 0 ? 'ready' : 'transferred');
    }
    break;
  case 'ref':
  case 'unref':
    job.ref().once('transferred', () => console.log('transferred'));
    if (way === 'unref') job.unref();
    console.log('ready');
}
