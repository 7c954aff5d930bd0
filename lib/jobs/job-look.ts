// SPDX-License-Identifier: MIT
//
// What a subscription to a job tells: the job as it was found on its queue, after a call of the
// service or at the slow poll.

import type { BindingEvent } from '../../typings/binding.js';
import { jobState, literalOf, type JobState, type Open } from '../generated/enums.js';
import { JobError, type ErrorRecord } from './job-error.js';
import type { JobProgress } from './progress.js';

export interface JobLook {
  state: Open<JobState>;
  progress: JobProgress;
  /** In the states `'error'` and `'transient-error'` alone. */
  error: JobError | null;
}

/** What could not be done about the job. */
export interface JobTrouble {
  operation: string;
  hresult: number;
  /** It was found more than once, or for long. */
  lasts?: boolean;
}

export function lookOf({ value }: BindingEvent): JobLook {
  const { state, progress, error } = value as unknown as {
    state: number;
    progress: JobProgress;
    error: ErrorRecord | null;
  };
  return {
    state: literalOf(jobState, state),
    progress,
    error: error === null ? null : new JobError(error),
  };
}

export function troubleOf({ value }: BindingEvent): JobTrouble {
  return value as unknown as JobTrouble;
}
