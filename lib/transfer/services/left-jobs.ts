// SPDX-License-Identifier: MIT
//
// The jobs of ours that exist in BITS, by the tag in their description. BITS lists the jobs of this user
// only.

import type { BackgroundCopyFile } from '../../jobs/file.js';
import type { BackgroundCopyJob } from '../../jobs/job.js';
import type { BackgroundCopyManager } from '../../jobs/manager.js';
import type { JobState, Open } from '../../generated/enums.js';
import { wish } from './outcomes.js';
import { tagIn, type Tagged } from './tag.js';

/** A job of ours that has not ended. */
export interface LeftJob {
  job: BackgroundCopyJob;
  state: Open<JobState>;
  /** Its only file; undefined if its process ended before adding it. */
  file: BackgroundCopyFile | undefined;
  tagged: Tagged;
}

/** Lists the jobs of ours. A job that cannot be read is none of them. */
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
  return more.length > 0 ? null : { job, state, file, tagged };
}

/** Closes the objects. The job itself is left as it is. */
export async function letGo({ job, file }: LeftJob): Promise<void> {
  await file?.[Symbol.asyncDispose]();
  await job[Symbol.asyncDispose]();
}

/** Identifies a job of ours. */
export interface Mark {
  tag: string;
  /** Undefined while the job has no file. */
  localName: string | undefined;
}

// In milliseconds. Who begins a transfer has the target to itself, so another process can hardly leave a job
// for it meanwhile.
const fresh = 1000;

/** Finds jobs of ours. A program may begin many transfers at once, so it remembers for a moment what there is. */
export class LeftJobs {
  #marks: Promise<Mark[]> | undefined;
  #since = -Infinity;

  async find(manager: BackgroundCopyManager, wanted: (mark: Mark) => boolean): Promise<LeftJob[]> {
    const known = performance.now() - this.#since < fresh ? await this.#marks : undefined;
    if (known?.some(wanted) === false) return [];
    const reading = leftJobs(manager);
    const marks = reading.then((left) => left.map(markOf));
    // A later list may have replaced this one by the time that it fails.
    marks.catch(ignore);
    this.#marks = marks;
    this.#since = performance.now();
    try {
      const left = await reading;
      const found = left.filter((one) => wanted(markOf(one)));
      await Promise.all(left.filter((one) => !found.includes(one)).map(letGo));
      return found;
    } catch (error) {
      if (this.#marks === marks) this.forget();
      throw error;
    }
  }

  /** Looks again the next time, because this process has left a job. */
  forget(): void {
    this.#marks = undefined;
  }
}

function ignore(): void {
  // The caller who listed the jobs gets the error.
}

function markOf({ file, tagged }: LeftJob): Mark {
  return { tag: tagged.tag, localName: file?.localName };
}
