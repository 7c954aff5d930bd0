// SPDX-License-Identifier: MIT
// @ts-check
// What a call that hangs does to the event loop: nothing. The time from one turn of a timer of a
// millisecond to the next, that millisecond included: with nothing to do, and while one job's call
// hangs and calls of other jobs come and go. The medians are those of the runs' maxima and 99th
// percentiles.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { compare, interleave } from './pairs.mjs';
import { withRecordedJobs } from './recorder.mjs';

const pairs = 4;
const hangs = 2000;
const others = 4;
const bound = 20;

/** @param {() => Promise<void>} run */
async function delays(run) {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await run();
  histogram.disable();
  return { max: histogram.max, p99: histogram.percentile(99) };
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export function measureLoopDelay() {
  return withRecordedJobs(1 + others, async ([first, ...rest]) => {
    if (first === undefined) throw new Error('no job');
    first.hang();

    const idle = () =>
      delays(async () => {
        await sleep(hangs);
      });
    const hung = async () => {
      const found = await delays(async () => {
        let over = false;
        const askers = rest.map(async ({ job }) => {
          while (!over) {
            await job.getState();
            await sleep(1);
          }
        });
        const call = first.job.getState().then(() => {
          if (!over) throw new Error('the call did not hang');
        });
        await sleep(hangs);
        over = true;
        first.letGo();
        await Promise.all([call, ...askers]);
      });
      first.takeSink();
      return found;
    };

    const [bases, loaded] = await interleave(pairs, idle, hung);
    const result = (/** @type {'max' | 'p99'} */ which) => {
      const side = (/** @type {typeof bases} */ found) =>
        found.map((one) => ({ elapsed: one[which] }));
      return {
        name: `loop delay beside a hung call, ${which}`,
        beside: `idle loop, ${which}`,
        measured: compare('ms', side(bases), side(loaded)),
        below: bound,
      };
    };
    return [result('max'), result('p99')];
  });
}
