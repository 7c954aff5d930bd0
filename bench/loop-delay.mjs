// SPDX-License-Identifier: MIT
// @ts-check
// Shows that a call that hangs does not delay the event loop. Measures the time from one tick of a
// one-millisecond timer to the next, that millisecond included: while the loop is idle, and while one
// job's call hangs and calls on other jobs complete. The medians are those of the runs' maxima and
// 99th percentiles.

import { existsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager } from 'dosvc';
import { compare, interleave } from './pairs.mjs';
import { withRecordedJobs } from './recorder.mjs';
import { holdNext } from './stand-in.mjs';

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

/**
 * @param {import('dosvc').BackgroundCopyJob} held whose call hangs
 * @param {import('dosvc').BackgroundCopyJob[]} rest
 * @param {() => void} letGo ends the hang
 */
function besideHeldCall(held, rest, letGo) {
  return delays(async () => {
    let over = false;
    const call = held.getState().then(() => {
      if (!over) throw new Error('the call did not hang');
    });
    // The call must arrive first: the service holds the first one that arrives.
    await sleep(50);
    const askers = rest.map(async (job) => {
      while (!over) {
        await job.getState();
        await sleep(1);
      }
    });
    await sleep(hangs);
    over = true;
    letGo();
    await Promise.all([call, ...askers]);
  });
}

/**
 * @param {string} name
 * @param {() => ReturnType<typeof delays>} hung
 * @returns {Promise<import('./result.mjs').Result[]>}
 */
async function besideIdle(name, hung) {
  const idle = () =>
    delays(async () => {
      await sleep(hangs);
    });
  const [bases, loaded] = await interleave(pairs, idle, hung);
  return /** @type {const} */ (['max', 'p99']).map((which) => {
    const side = (/** @type {typeof bases} */ found) =>
      found.map((one) => ({ elapsed: one[which] }));
    return {
      name: `loop delay beside ${name}, ${which}`,
      beside: `idle loop, ${which}`,
      measured: compare('ms', side(bases), side(loaded)),
      below: bound,
    };
  });
}

function inThisProcess() {
  return withRecordedJobs(1 + others, async ([first, ...rest]) => {
    if (first === undefined) throw new Error('no job');
    first.hang();
    const jobs = rest.map(({ job }) => job);
    return besideIdle('a hung call', async () => {
      const found = await besideHeldCall(first.job, jobs, () => {
        first.letGo();
      });
      first.takeSink();
      return found;
    });
  });
}

// The stand-in's class is registered under Wine, but on Windows only while the tests run.
async function inTheService() {
  if (!existsSync('C:\\windows\\system32\\winecfg.exe')) return [];
  const manager = await BackgroundCopyManager.connect();
  const jobs = await Promise.all(
    Array.from({ length: 1 + others }, () => manager.createJob('dosvc benchmark')),
  );
  const [held, ...rest] = jobs;
  if (held === undefined) throw new Error('no job');
  try {
    return await besideIdle('a call that the service holds', () => {
      holdNext('IBackgroundCopyJob::GetState', hangs + 500);
      return besideHeldCall(held, rest, () => undefined);
    });
  } finally {
    await Promise.all(jobs.map((job) => job.cancel()));
    await manager.close();
  }
}

export async function measureLoopDelay() {
  return [...(await inThisProcess()), ...(await inTheService())];
}
