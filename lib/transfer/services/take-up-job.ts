// SPDX-License-Identifier: MIT
//
// Finds the job that an earlier process left for an order. It has the order's tag, which only our own jobs
// have, and the order's file. BITS lists the jobs of this user only.

import { DosvcError } from '../../errors.js';
import type { BackgroundCopyFile } from '../../jobs/file.js';
import type { BackgroundCopyJob } from '../../jobs/job.js';
import type { BackgroundCopyManager } from '../../jobs/manager.js';
import type { Order } from '../route.js';
import { endJob } from './end-job.js';
import type { PreparedJob } from './job-transfer.js';
import { isDenied, wish } from './outcomes.js';
import { setUpJob } from './set-up-job.js';
import { tagIn, type Tagged } from './tag.js';
import { isSameFile } from './temporary-file.js';

/** A job of ours that still exists, with its only file; undefined if its process ended before adding it. */
export interface LeftJob {
  job: BackgroundCopyJob;
  file: BackgroundCopyFile | undefined;
  tagged: Tagged;
}

/**
 * Takes up a job for an order; undefined if there is none. A job for the same file that cannot be used,
 * because it fetches something else, is cancelled.
 */
export async function takeUpJob(
  manager: BackgroundCopyManager,
  order: Order,
): Promise<PreparedJob | undefined> {
  let found: PreparedJob | undefined;
  for (const { job, file } of await leftJobs(manager, order.tag)) {
    if (file !== undefined && !isSameFile(file.localName, order.file)) continue;
    try {
      const wanted = found === undefined && file !== undefined;
      const used = wanted ? await use(job, file, order) : null;
      if (used === null) await endJob(job);
      else found = used;
    } catch (error) {
      // The job belongs to the same user with other rights: it is left alone.
      if (!isDenied(error)) throw error;
    }
  }
  return found;
}

/**
 * Lists the jobs of ours that have not ended, or those of them with this tag. A job that cannot be read is
 * none of them.
 */
export async function leftJobs(manager: BackgroundCopyManager, tag?: string): Promise<LeftJob[]> {
  let jobs: BackgroundCopyJob[] = [];
  await wish(manager.enumJobs().then((all) => (jobs = all)));
  const left: LeftJob[] = [];
  await Promise.all(
    jobs.map(async (job) => {
      const found = await leftJob(job, tag).catch(() => null);
      if (found === null) await job[Symbol.asyncDispose]();
      else left.push(found);
    }),
  );
  return left;
}

async function leftJob(job: BackgroundCopyJob, tag: string | undefined): Promise<LeftJob | null> {
  const tagged = tagIn(await job.getDescription());
  if (tagged === null || (tag !== undefined && tagged.tag !== tag)) return null;
  const state = await job.getState();
  if (state === 'acknowledged' || state === 'cancelled') return null;
  const [file, ...more] = await job.enumFiles();
  return more.length > 0 ? null : { job, file, tagged };
}

/** Prepares a job for an order; null if it cannot be used. */
async function use(
  job: BackgroundCopyJob,
  file: BackgroundCopyFile,
  order: Order,
): Promise<PreparedJob | null> {
  const same = file.remoteName === order.address;
  if (!same && !order.sameContent) return null;
  if ((await job.getState()) === 'transferred') return { job, takenUp: true, transferred: true };
  try {
    if (!same) await readdress(job, file, order.address);
    await setUpJob(job, order);
    return { job, takenUp: true, transferred: false };
  } catch (error) {
    // A new job may do, such as where the service cannot change an address; otherwise it fails alike.
    if (!(error instanceof DosvcError) || isDenied(error)) throw error;
    return null;
  }
}

/** Gives a job a new address for its content. */
async function readdress(
  job: BackgroundCopyJob,
  file: BackgroundCopyFile,
  address: string,
): Promise<void> {
  await job.suspend();
  await file.setRemoteName(address);
}
