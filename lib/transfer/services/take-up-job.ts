// SPDX-License-Identifier: MIT
//
// Takes up the job that an earlier process left for an order: one of ours, by its tag, with the order's file.

import { resolve } from 'node:path';
import { DosvcError } from '../../errors.js';
import type { BackgroundCopyManager } from '../../jobs/manager.js';
import type { Order } from '../route.js';
import { endJob } from './end-job.js';
import type { PreparedJob } from './job-transfer.js';
import { letGo, type LeftJob, type LeftJobs } from './left-jobs.js';
import { isDenied } from './outcomes.js';
import { setUpJob } from './set-up-job.js';

/**
 * Takes up a job for an order; undefined if there is none. A job of ours for the same file that cannot be
 * used, because it fetches something else, is cancelled: whoever began it no longer runs.
 */
export async function takeUpJob(
  manager: BackgroundCopyManager,
  jobs: LeftJobs,
  order: Order,
): Promise<PreparedJob | undefined> {
  const { tag, file } = order;
  const left = await jobs.find(manager, (mark) =>
    mark.localName === undefined ? mark.tag === tag : isSameFile(mark.localName, file),
  );
  let found: PreparedJob | undefined;
  for (const one of left) {
    try {
      const wanted = one.tagged.tag === tag && found === undefined;
      const used = wanted ? await use(one, order) : null;
      if (used === null) await endJob(one.job);
      else found = used;
    } catch (error) {
      // The job belongs to the same user with other rights: it is left alone.
      if (!isDenied(error)) throw error;
    } finally {
      if (found?.job === one.job) await one.file?.[Symbol.asyncDispose]();
      else await letGo(one);
    }
  }
  return found;
}

// As Windows compares paths.
function isSameFile(one: string, other: string): boolean {
  return resolve(one).toLowerCase() === resolve(other).toLowerCase();
}

/** Prepares a job for an order; null if it cannot be used. */
async function use({ job, state, file }: LeftJob, order: Order): Promise<PreparedJob | null> {
  if (file === undefined) return null;
  const same = file.remoteName === order.address;
  if (!same && !order.sameContent) return null;
  if (state === 'transferred') return { job, takenUp: true, transferred: true };
  try {
    // The same content from a new address.
    if (!same) {
      await job.suspend();
      await file.setRemoteName(order.address);
    }
    await setUpJob(job, order, true);
    return { job, takenUp: true, transferred: false };
  } catch (error) {
    // A new job may do, such as where the service cannot change an address; otherwise it fails alike.
    if (!(error instanceof DosvcError) || isDenied(error)) throw error;
    return null;
  }
}
