// SPDX-License-Identifier: MIT
//
// What can be read of a job: its id, type, owner, times, state, progress and error, or all at once, and
// again each time that it changes.

import {
  jobState,
  jobType,
  literalOf,
  type JobState,
  type JobType,
  type Open,
} from '../generated/enums.js';
import { target } from '../feed/subscribed-events.js';
import type { Remote } from '../remote/remote.js';
import type { WaitOptions } from '../feed/watch.js';
import { readJobError, type JobError } from './job-error.js';
import { JobEvents, shared } from './job-events.js';
import type { JobLook } from './job-look.js';
import { looks, watchLooks } from './job-watch.js';
import type { JobProgress } from './progress.js';
import { claim, sharedJobs } from './shared-job.js';
import { takeSnapshot, timesOf, type JobSnapshot, type JobTimes } from './snapshot.js';

export class JobInformation extends JobEvents {
  /** The job's id, a GUID in lower case without braces, by which any process can get the job. */
  readonly id: string;

  /** @internal */
  constructor(remote: Remote, id: string) {
    const shared = sharedJobs.of(remote.connection, id);
    super(remote.unite(shared), shared);
    this.id = id;
  }

  /**
   * Gets the job's id from the service.
   *
   * @returns A GUID in lower case without braces.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getid
   */
  getId(): Promise<string> {
    return this[target].call('IBackgroundCopyJob::GetId');
  }

  /**
   * Gets the job's type.
   *
   * @returns The name of the type, or its number if this version does not know it.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-gettype
   */
  async getType(): Promise<Open<JobType>> {
    return literalOf(jobType, await this[target].call('IBackgroundCopyJob::GetType'));
  }

  /**
   * Gets the job's progress in bytes and files.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getprogress
   */
  getProgress(): Promise<JobProgress> {
    return this[target].call('IBackgroundCopyJob::GetProgress');
  }

  /**
   * Gets the times at which the job was created, last modified and transferred.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-gettimes
   */
  async getTimes(): Promise<JobTimes> {
    return timesOf(await this[target].call('IBackgroundCopyJob::GetTimes'));
  }

  /**
   * Gets the job's state.
   *
   * @returns The name of the state, or its number if this version does not know it.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getstate
   */
  async getState(): Promise<Open<JobState>> {
    return literalOf(jobState, await this[target].call('IBackgroundCopyJob::GetState'));
  }

  /**
   * Gets the error of a job in the state `'error'` or `'transient-error'`. In any other state, rejects
   * with `DO_E_ERROR_INFORMATION_UNAVAILABLE` or `BG_E_ERROR_INFORMATION_UNAVAILABLE`. An error with
   * that code is one for which the service gives no reason.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-geterror
   */
  getError(): Promise<JobError> {
    return readJobError(this[target]);
  }

  /**
   * Gets how often an error interrupted the transfer of the job.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-geterrorcount
   */
  getErrorCount(): Promise<number> {
    return this[target].call('IBackgroundCopyJob::GetErrorCount');
  }

  /**
   * Gets the job's owner.
   *
   * @returns The owner's security identifier (SID), `'S-1-5-…'`; null if the service returns none.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getowner
   */
  getOwner(): Promise<string | null> {
    return this[target].call('IBackgroundCopyJob::GetOwner');
  }

  /**
   * Gets the integrity level of the owner at the time when they created the job or took it over. BITS
   * only, from Windows Vista on.
   *
   * @returns The last number of the level's SID, `'S-1-16-…'`: 0x1000 is low, 0x2000 medium, 0x3000 high
   * (an administrator), 0x4000 the system.
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyjob4-getownerintegritylevel
   */
  getOwnerIntegrityLevel(): Promise<number> {
    return this[target].call('IBackgroundCopyJob4::GetOwnerIntegrityLevel');
  }

  /**
   * Gets whether the owner was elevated, that is, ran as administrator, when they created the job or took
   * it over. Only an elevated process can change such a job. BITS only, from Windows Vista on.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyjob4-getownerelevationstate
   */
  getOwnerElevationState(): Promise<boolean> {
    return this[target].call('IBackgroundCopyJob4::GetOwnerElevationState');
  }

  /**
   * Reads everything that is usually shown of a job, in one hop: state, type, priority, names, owner,
   * progress, times, error and files. A value that the service does not implement is null. Rejects only
   * if the state cannot be read.
   */
  snapshot(): Promise<JobSnapshot> {
    return takeSnapshot(this[target], this.id);
  }

  /**
   * Declares that only its creator will start this new job, so the first `resume()` need not read its state.
   *
   * @internal
   */
  [claim](): void {
    this[shared].claim();
  }

  /**
   * Iterates over the looks at the job until every file is transferred. Rejects like `wait()`. Anything
   * but the end is seen at the next poll.
   *
   * @internal
   */
  [looks](options?: WaitOptions): AsyncGenerator<JobLook, void, undefined> {
    return watchLooks(this[target], this[shared], options);
  }
}
