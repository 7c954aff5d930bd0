// SPDX-License-Identifier: MIT
// @ts-check
// Measures many calls in flight: what the threads behind the promises gain.

import { timed } from './batch.mjs';
import { measurePairs } from './pairs.mjs';
import { RawClient } from './raw/client.mjs';
import { withJobs } from './service.mjs';

const pairs = 50;
const jobCount = 8;
const inFlight = 64;
const callsEach = 5;
const calls = inFlight * callsEach;

/** @param {import('dosvc').BackgroundCopyJob} job */
async function askAgainAndAgain(job) {
  for (let i = 0; i < callsEach; ++i) await job.getState();
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export function measureThroughput() {
  return withJobs(jobCount, (jobs) =>
    RawClient.with(jobs[0]?.id ?? '', async (client) => {
      const raw = () => client.batch('state', calls);
      const ours = () =>
        timed(calls, () => {
          const askers = Array.from({ length: inFlight / jobCount }, () => jobs).flat();
          return Promise.all(askers.map(askAgainAndAgain));
        });
      return [
        {
          name: `${String(inFlight)} calls in flight on ${String(jobCount)} jobs`,
          beside: 'raw C++, one thread',
          measured: await measurePairs('calls/s', pairs, raw, ours),
          atLeast: 1.3,
        },
      ];
    }),
  );
}
