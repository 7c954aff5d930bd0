// SPDX-License-Identifier: MIT
//
// The route 'bits': a job of BITS with one file.

import { abortError, refusal } from '../../errors.js';
import { BackgroundCopyManager } from '../../jobs/manager.js';
import { claim } from '../../jobs/shared-job.js';
import { discard } from '../discard.js';
import type { Order, Route, Transfer } from '../route.js';
import { endJob } from './end-job.js';
import { JobTransfer, type PreparedJob } from './job-transfer.js';
import { LeftJobs } from './left-jobs.js';
import { again } from './outcomes.js';
import { setUpJob } from './set-up-job.js';
import { perPriority, type SharedManager } from './shared-manager.js';
import { takeUpJob } from './take-up-job.js';
import { shownName } from './tag.js';

// The documented limits of a job's name, an address and a path, in characters.
const longestName = 256;
const longestAddress = 2200;
const longestPath = 259;

const BG_E_STRING_TOO_LONG = 0x80200021;
const ERROR_FILENAME_EXCED_RANGE = 0x800700ce;

/** @param service Its name or class id. */
export function jobRoute(service: string): Route {
  const managers = perPriority((pollInterval) =>
    BackgroundCopyManager.connect({ service, pollInterval }),
  );
  const left = new LeftJobs();
  return {
    name: 'bits',
    prepare: (order) => prepare(managers[order.settings.priority], left, order),
  };
}

export const bits: Route = jobRoute('bits');

async function prepare(
  shared: SharedManager<BackgroundCopyManager>,
  left: LeftJobs,
  order: Order,
): Promise<Transfer> {
  const { address, file } = order;
  const [manager, done] = await shared.use();
  try {
    if (address.length > longestAddress) {
      throw refusal(BG_E_STRING_TOO_LONG, 'BITS takes addresses of up to 2,200 characters.');
    }
    if (file.length > longestPath) {
      throw refusal(ERROR_FILENAME_EXCED_RANGE, 'BITS takes paths of up to 259 characters.');
    }
    const prepared = (await takeUpJob(manager, left, order)) ?? (await createJob(manager, order));
    return new JobTransfer(prepared, order, (remains) => {
      if (remains) left.forget();
      done();
    });
  } catch (error) {
    done();
    throw error;
  }
}

async function createJob(manager: BackgroundCopyManager, order: Order): Promise<PreparedJob> {
  const { address, file, signal } = order;
  if (signal.aborted) throw abortError(signal);
  const job = await again(() => manager.createJob(shownName(file, longestName)));
  job[claim]();
  // What an earlier transfer left is of no use to a new one.
  const discarded = discard(file);
  let failed = false;
  const added = discarded.then(() => (failed ? undefined : job.addFile(address, file)));
  try {
    await Promise.all([setUpJob(job, order, false), added]);
    return { job, takenUp: false, transferred: false };
  } catch (error) {
    failed = true;
    // A late deletion would delete the next route's file.
    await Promise.allSettled([endJob(job), discarded]);
    await job[Symbol.asyncDispose]();
    throw error;
  }
}
