// SPDX-License-Identifier: MIT
// @ts-check
// Measures one awaited call after another: the cost of a promise and of a round trip to another thread.

import { timed } from './batch.mjs';
import { KoffiJob } from './koffi.mjs';
import { measurePairs } from './pairs.mjs';
import { RawClient } from './raw/client.mjs';
import { withJobs } from './service.mjs';

const pairs = 100;
const calls = 50;

/**
 * @param {() => Promise<unknown>} call
 * @returns {import('./pairs.mjs').Side}
 */
function oneByOne(call) {
  return () =>
    timed(calls, async () => {
      for (let i = 0; i < calls; ++i) await call();
    });
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export function measureSequential() {
  return withJobs(1, async ([job]) => {
    if (job === undefined) throw new Error('no job');
    return RawClient.with(job.id, async (client) => {
      const raw = () => client.batch('state', calls);
      const koffi = new KoffiJob(job.id);
      try {
        return [
          {
            name: 'await job.getState()',
            beside: 'raw C++',
            measured: await measurePairs(
              'µs/call',
              pairs,
              raw,
              oneByOne(() => job.getState()),
            ),
            atMost: 1.35,
          },
          {
            name: "koffi's asynchronous call",
            beside: 'raw C++',
            measured: await measurePairs(
              'µs/call',
              pairs,
              raw,
              oneByOne(() => koffi.getState()),
            ),
          },
        ];
      } finally {
        koffi.release();
      }
    });
  });
}
