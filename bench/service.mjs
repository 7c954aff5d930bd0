// SPDX-License-Identifier: MIT
// @ts-check
// The jobs that are asked for their state. They have no files and never start.

import { BackgroundCopyManager } from 'dosvc';

/**
 * @template T
 * @param {number} count
 * @param {(jobs: import('dosvc').BackgroundCopyJob[]) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withJobs(count, use) {
  const manager = await BackgroundCopyManager.connect({ service: 'bits' });
  /** @type {import('dosvc').BackgroundCopyJob[]} */
  const jobs = [];
  try {
    for (let i = 0; i < count; ++i) jobs.push(await manager.createJob('dosvc benchmark'));
    return await use(jobs);
  } finally {
    await Promise.allSettled(jobs.map((job) => job.cancel()));
    await manager.close();
  }
}
