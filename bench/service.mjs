// SPDX-License-Identifier: MIT
// @ts-check
// Jobs of the service to be asked. They never start, and are cancelled in the end.

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
    // By their ids: the objects may have been let go of.
    const cancel = async (/** @type {string} */ id) => (await manager.getJob(id)).cancel();
    await Promise.allSettled(jobs.map(({ id }) => cancel(id)));
    await manager.close();
  }
}
