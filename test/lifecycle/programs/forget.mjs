// SPDX-License-Identifier: MIT
// forget.mjs ID, under --expose-gc: what is released when the program can no longer reach it.
// Prints the binding's counters.

import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager } from 'dosvc';

const [id = ''] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ service: 'bits', pollInterval: 50 });
// The library's own instance: a binary is loaded only once.
const binding = createRequire(import.meta.url)(
  `../../../prebuilds/win32-${process.arch}/dosvc.node`,
);
const counted = () => {
  const { handles, objects } = binding.counters();
  return { handles, objects };
};

/** Collects garbage until the counters are no higher than `target`, or for 100 rounds. */
async function collect(target) {
  for (let round = 0; round < 100; round++) {
    const now = counted();
    if (now.handles <= target.handles && now.objects <= target.objects) return;
    global.gc();
    // The last reference is released on another thread.
    await sleep(5);
  }
}

const connected = counted();
for (let number = 0; number < 5; number++) await (await manager.getJob(id)).getState();
const fetched = counted();
await collect(connected);
const collected = counted();

async function listenBriefly() {
  const job = await manager.getJob(id);
  await job.setNotifyFlags(3);
  const nothing = () => {};
  job.on('transferred', nothing);
  await job.getState();
  job.off('transferred', nothing);
}

for (let number = 0; number < 5; number++) await listenBriefly();
await collect(connected);
const left = counted();

let heard = 0;
await (async () => {
  const job = await manager.getJob(id);
  job.on('progress', () => heard++);
  await job.getState();
})();
const listening = counted();
await collect(connected);
const kept = counted();
await manager.close();
console.log(JSON.stringify({ connected, fetched, collected, left, listening, kept, heard }));
