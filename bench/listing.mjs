// SPDX-License-Identifier: MIT
// @ts-check
// Measures listing the service's jobs with their ids, against EnumJobs, Next and GetId in C++. Both
// sides release the objects after the time has been taken, so that each listing gets objects that are
// new to its process. A service may have more jobs than the benchmark created (Wine's BITS keeps
// cancelled ones): both sides list them all, and the value is per job.

import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { timed } from './batch.mjs';
import { measurePairs } from './pairs.mjs';
import { RawClient } from './raw/client.mjs';
import { withJobs } from './service.mjs';

const pairs = 10;
const jobCount = 200;

const require = createRequire(import.meta.url);

/** How many objects of the service this process holds. */
function held() {
  const binding = /** @type {import('../typings/binding.js').Binding} */ (
    require('../prebuilds/win32-x64/dosvc.node')
  );
  return binding.counters().objects;
}

/**
 * @param {import('dosvc').BackgroundCopyJob[]} jobs
 * @param {number} left how many objects the process may hold afterwards
 */
async function letGo(jobs, left) {
  for (const job of jobs) await job[Symbol.asyncDispose]();
  while (held() > left) await sleep(5);
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export function measureListing() {
  return withJobs(jobCount, (jobs, manager) =>
    RawClient.with(jobs[0]?.id ?? '', async (client) => {
      // Both sides keep the first job.
      await letGo(jobs.slice(1), held() - jobs.length + 1);
      let most = 0;
      const ours = async () => {
        const before = held();
        /** @type {import('dosvc').BackgroundCopyJob[]} */
        let found = [];
        const { elapsed, cpu = NaN } = await timed(1, async () => {
          found = await manager.enumJobs();
        });
        await letGo(found, before);
        most = Math.max(most, found.length);
        return { elapsed: elapsed / found.length, cpu: cpu / found.length };
      };
      const measured = await measurePairs('µs/job', pairs, () => client.batch('list', 1), ours);
      return [
        {
          name: `manager.enumJobs(), ${String(most)} jobs`,
          beside: 'raw C++',
          measured,
        },
      ];
    }),
  );
}
