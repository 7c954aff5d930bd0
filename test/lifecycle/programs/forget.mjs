// SPDX-License-Identifier: MIT
// forget.mjs ID, under --expose-gc: what is let go when nobody can reach it any more. Prints what
// the binding counts.

import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager } from 'dosvc';

const [id = ''] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ service: 'bits', pollInterval: 50 });
// The library's own instance: one binary is loaded once.
const binding = createRequire(import.meta.url)(
  `../../../prebuilds/win32-${process.arch}/dosvc.node`,
);
const counted = () => {
  const { handles, objects } = binding.counters();
  return { handles, objects };
};

/** Collects until the binding counts no more than that, or long enough. */
async function collect(target) {
  for (let round = 0; round < 100; round++) {
    const now = counted();
    if (now.handles <= target.handles && now.objects <= target.objects) return;
    global.gc();
    // The last reference goes on a thread of the service's.
    await sleep(5);
  }
}

const connected = counted();
for (let number = 0; number < 5; number++) await (await manager.getJob(id)).getState();
const fetched = counted();
await collect(connected);
const collected = counted();

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
console.log(JSON.stringify({ connected, fetched, collected, listening, kept, heard }));
