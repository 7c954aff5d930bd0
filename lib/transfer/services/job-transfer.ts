// SPDX-License-Identifier: MIT
//
// A transfer that is a job of BITS with one file.

import { refusal } from '../../errors.js';
import type { BackgroundCopyJob } from '../../jobs/job.js';
import type { JobError } from '../../jobs/job-error.js';
import { looks } from '../../jobs/job-watch.js';
import type { JobProgress } from '../../jobs/progress.js';
import type { Order, RouteProgress } from '../route.js';
import { endJob } from './end-job.js';
import { waitsFor } from './holds.js';
import { again, end, isEmpty, wish } from './outcomes.js';
import { ServiceTransfer } from './service-transfer.js';

/** A job with the file of an order, which does not run yet. */
export interface PreparedJob {
  job: BackgroundCopyJob;
  /** Whether an earlier process created it. */
  takenUp: boolean;
  /** Whether the service has everything already, so that the job is only to be completed. */
  transferred: boolean;
}

export class JobTransfer extends ServiceTransfer {
  readonly #job: BackgroundCopyJob;
  readonly #transferred: boolean;

  /** @param done Called when the transfer is over here, with whether it remains in the service. */
  constructor(
    { job, takenUp, transferred }: PreparedJob,
    order: Order,
    done: (remains: boolean) => void,
  ) {
    const close = async (remains: boolean) => {
      await job[Symbol.asyncDispose]();
      done(remains);
    };
    super(close, order, takenUp);
    this.#job = job;
    this.#transferred = transferred;
  }

  get id(): string {
    return this.#job.id;
  }

  protected async begin(): Promise<void> {
    if (this.#transferred) return;
    try {
      await again(() => this.#job.resume());
    } catch (error) {
      // It has a file, so the service means that nothing is left to transfer: a job that ran on when it
      // was taken up has ended since its state was read.
      if (!this.takenUp || !isEmpty(error)) throw error;
    }
  }

  protected async *progress(signal: AbortSignal): AsyncGenerator<RouteProgress> {
    for await (const { progress, error } of this.#job[looks]({ signal })) {
      yield progressOf(progress, error);
    }
  }

  // Complete() would also keep a part of the files, or nothing of a single one.
  protected async complete(): Promise<void> {
    const { code, hresult } = await again(() => this.#job.complete());
    if (code !== 'S_OK') throw refusal(hresult, 'The job has not completed its file.');
  }

  protected async read(): Promise<RouteProgress> {
    const { progress, error } = await this.#job.snapshot();
    return progressOf(progress, error);
  }

  protected cancel(): Promise<void> {
    return endJob(this.#job);
  }

  // A service that cannot suspend continues; the next process takes it up all the same.
  protected async suspend(): Promise<void> {
    await end(() => wish(this.#job.suspend()));
  }
}

function progressOf(progress: JobProgress | null, error: JobError | null): RouteProgress {
  const trouble = error?.transient === true ? error : null;
  return {
    bytesTransferred: progress?.bytesTransferred ?? 0,
    bytesTotal: progress?.bytesTotal ?? null,
    waitingFor: trouble === null ? null : waitsFor(trouble),
    trouble,
  };
}
