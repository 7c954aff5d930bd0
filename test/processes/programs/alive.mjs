// SPDX-License-Identifier: MIT
// alive.mjs call|listener ID SERVICE: whether a pending call, or a listener, keeps the process
// alive. SERVICE: the options of connect(), as JSON. Prints 'ready', and then what it receives.

import { BackgroundCopyManager } from 'dosvc';

const [what, id = '', service = ''] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ ...JSON.parse(service), pollInterval: 50 });
const job = await manager.getJob(id);
if (what === 'call') {
  void job.cancel().then(() => console.log('settled'));
} else {
  job.on('transferred', () => console.log('transferred'));
  await job.getState();
}
process.on('beforeExit', () => console.log('nothing left to do'));
console.log('ready');
