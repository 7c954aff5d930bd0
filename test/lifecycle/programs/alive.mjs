// SPDX-License-Identifier: MIT
// alive.mjs call|listener ID SERVICE: what keeps a process alive, which connects as the last argument
// says in JSON. Says 'ready', and then what it hears.

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
