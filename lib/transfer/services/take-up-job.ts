// SPDX-License-Identifier: MIT
//
// Finds the job that an earlier process left for an order: one of ours, by its tag, with the order's file.
// BITS lists the jobs of this user only.

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
 * Takes up a job for an order; undefined if there is none. A job of ours for the same file that cannot be
 * used, because it fetches something else, is cancelled: whoever began it no longer runs.
 */
export async function takeUpJob(
  manager: BackgroundCopyManager,
  order: Order,
): Promise<PreparedJob | undefined> {
  let found: PreparedJob | undefined;
  for (const { job, file, tagged } of await leftJobs(manager)) {
    const same = tagged.tag === order.tag;
    if (!(file === undefined ? same : isSameFile(file.localName, order.file))) continue;
    try {
      const wanted = same && file !== undefined && found === undefined;
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

/** Lists the jobs of ours that have not ended. A job that cannot be read is none of them. */
export async function leftJobs(manager: BackgroundCopyManager): Promise<LeftJob[]> {
  let jobs: BackgroundCopyJob[] = [];
  await wish(manager.enumJobs().then((all) => (jobs = all)));
  const left: LeftJob[] = [];
  await Promise.all(
    jobs.map(async (job) => {
      const found = await leftJob(job).catch(() => null);
      if (found === null) await job[Symbol.asyncDispose]();
      else left.push(found);
    }),
  );
  return left;
}

async function leftJob(job: BackgroundCopyJob): Promise<LeftJob | null> {
  const tagged = tagIn(await job.getDescription());
  if (tagged === null) return null;
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
