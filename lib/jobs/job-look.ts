// SPDX-License-Identifier: MIT
//
// What a look at a job reads, in one hop, and which part of it is news to a listener.

import type { Outcomes } from '../../typings/binding.js';
import { jobState, literalOf, type JobState, type Open } from '../generated/enums.js';
import { callOf, valueOf } from '../remote/calls.js';
import type { Arrival } from '../remote/shared-state.js';
import { errorCall, inError, jobErrorOf, moreCall, type JobError } from './job-error.js';
import type { JobProgress } from './progress.js';

export interface JobLook extends Arrival {
  state: Open<JobState>;
  /** The last progress that the service returned: a job that has ended may no longer have any. */
  progress: JobProgress;
  /** Null except in the states `'error'` and `'transient-error'`. */
  error: JobError | null;
  /** Whether the service reported that something about the job changed. */
  modified: boolean;
}

export const getState = 'IBackgroundCopyJob::GetState';
export const getProgress = 'IBackgroundCopyJob::GetProgress';

export const lookCalls = [
  callOf(getState, []),
  callOf(getProgress, []),
  { ...errorCall, ...inError, brought: true },
  moreCall,
] as const;

/** The values that {@link lookCalls} returned, each null if it could not be read. */
export function readLook([state, progress, error, more]: Outcomes<typeof lookCalls>) {
  const number = valueOf(state);
  return {
    state: number === null ? null : literalOf(jobState, number),
    progress: valueOf(progress),
    error: number === null ? null : jobErrorOf(number, error, more),
  };
}

/** Whether nothing can change any more: the job was completed or cancelled. */
export function isOver({ state }: Pick<JobLook, 'state'>): boolean {
  return state === 'acknowledged' || state === 'cancelled';
}

/** Determines what each look contains that is news to one listener. */
export class JobNews {
  // The look that showed the last entered state.
  #entered: Arrival | undefined;

  /**
   * Whether a look shows a newly entered state: the state before was another one, or this environment
   * has made the job enter the same state again, even if no look saw it leave the state.
   */
  entered(look: JobLook, before: JobLook | undefined): boolean {
    const entered = before?.state !== look.state || this.#again(look);
    if (entered) this.#entered = look;
    return entered;
  }

  #again({ state, started, added }: JobLook): boolean {
    if (started === this.#entered?.started) return false;
    return state === 'error' || (state === 'transferred' && added !== this.#entered?.added);
  }

  /** The progress of a look, if it changed. */
  moved({ progress }: JobLook, before: JobLook | undefined): JobProgress | undefined {
    return before !== undefined && isSame(progress, before.progress) ? undefined : progress;
  }
}

export function isSame(one: JobProgress, other: JobProgress): boolean {
  return (
    one.bytesTransferred === other.bytesTransferred &&
    one.bytesTotal === other.bytesTotal &&
    one.filesTransferred === other.filesTransferred &&
    one.filesTotal === other.filesTotal
  );
}
