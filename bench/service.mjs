// SPDX-License-Identifier: MIT
// @ts-check
// Creates the jobs that the benchmark calls. They never start, and are cancelled at the end.

import { BackgroundCopyManager } from 'dosvc';
import { keepReleaser } from './koffi.mjs';

/**
 * @template T
 * @param {number} count
 * @param {(
 *   jobs: import('dosvc').BackgroundCopyJob[],
 *   manager: BackgroundCopyManager,
 * ) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withJobs(count, use) {
  keepReleaser();
  const manager = await BackgroundCopyManager.connect({ service: 'bits' });
  /** @type {import('dosvc').BackgroundCopyJob[]} */
  const jobs = [];
  try {
    for (let i = 0; i < count; ++i) jobs.push(await manager.createJob('dosvc benchmark'));
    return await use(jobs, manager);
  } finally {
    // By their ids, because the objects may have been released.
    const cancel = async (/** @type {string} */ id) => (await manager.getJob(id)).cancel();
    await Promise.allSettled(jobs.map(({ id }) => cancel(id)));
    await manager.close();
  }
}
