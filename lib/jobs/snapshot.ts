// SPDX-License-Identifier: MIT

import type { Followed, Outcome } from '../../typings/binding.js';
import type { JobTimes as BoundaryTimes } from '../../typings/rows.js';
import {
  jobPriority,
  jobState,
  jobType,
  literalOf,
  type JobPriority,
  type JobState,
  type JobType,
  type Open,
} from '../generated/enums.js';
import { callOf, followed, resultOf, valueOf, type Remote } from '../remote.js';
import type { FileProgress } from './file.js';
import { errorCall, JobError, jobErrorOf } from './job-error.js';
import type { JobProgress } from './progress.js';

/**
 * When what happened to a job; null while it has not.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/bg-job-times
 */
export interface JobTimes {
  creationTime: Date | null;
  modificationTime: Date | null;
  transferCompletionTime: Date | null;
}

export interface FileSnapshot {
  remoteName: string | null;
  localName: string | null;
  progress: FileProgress | null;
}

/** A job at one moment. What the service does not implement is null. */
export interface JobSnapshot {
  id: string;
  state: Open<JobState>;
  type: Open<JobType> | null;
  priority: Open<JobPriority> | null;
  displayName: string | null;
  description: string | null;
  owner: string | null;
  progress: JobProgress | null;
  times: JobTimes | null;
  /** Null, too, while the job has no error. */
  error: JobError | null;
  files: FileSnapshot[] | null;
}

export function timesOf(times: BoundaryTimes): JobTimes {
  return {
    creationTime: dateOf(times.creationTime),
    modificationTime: dateOf(times.modificationTime),
    transferCompletionTime: dateOf(times.transferCompletionTime),
  };
}

function dateOf(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}

const fileCalls = [
  callOf('IBackgroundCopyFile::GetRemoteName', []),
  callOf('IBackgroundCopyFile::GetLocalName', []),
  callOf('IBackgroundCopyFile::GetProgress', []),
];
const calls = [
  callOf('IBackgroundCopyJob::GetState', []),
  callOf('IBackgroundCopyJob::GetType', []),
  callOf('IBackgroundCopyJob::GetPriority', []),
  callOf('IBackgroundCopyJob::GetDisplayName', []),
  callOf('IBackgroundCopyJob::GetDescription', []),
  callOf('IBackgroundCopyJob::GetOwner', []),
  callOf('IBackgroundCopyJob::GetProgress', []),
  callOf('IBackgroundCopyJob::GetTimes', []),
  errorCall,
  callOf('IBackgroundCopyJob::EnumFiles', [], { then: fileCalls }),
];

/** Only a job whose state cannot be read rejects. */
export async function takeSnapshot(job: Remote, id: string): Promise<JobSnapshot> {
  const operation = 'IBackgroundCopyJob::GetState';
  const [state, type, priority, displayName, description, owner, progress, times, error, files] =
    await job.hop(operation, calls);
  const context = { service: job.connection.service.title, operation };
  const stateNumber = resultOf(state, context) as number;
  const typeNumber = valueOf('IBackgroundCopyJob::GetType', type);
  const priorityNumber = valueOf('IBackgroundCopyJob::GetPriority', priority);
  const boundaryTimes = valueOf('IBackgroundCopyJob::GetTimes', times);
  return {
    id,
    state: literalOf(jobState, stateNumber),
    type: typeNumber === null ? null : literalOf(jobType, typeNumber),
    priority: priorityNumber === null ? null : literalOf(jobPriority, priorityNumber),
    displayName: valueOf('IBackgroundCopyJob::GetDisplayName', displayName),
    description: valueOf('IBackgroundCopyJob::GetDescription', description),
    owner: valueOf('IBackgroundCopyJob::GetOwner', owner),
    progress: valueOf('IBackgroundCopyJob::GetProgress', progress),
    times: boundaryTimes === null ? null : timesOf(boundaryTimes),
    error: jobErrorOf(followed(error)),
    files: followedAll(files)?.map(fileOf) ?? null,
  };
}

function followedAll(outcome: Outcome | undefined): Followed[] | null {
  return followed(outcome) as unknown as Followed[] | null;
}

function fileOf({ outcomes: [remoteName, localName, progress] }: Followed): FileSnapshot {
  return {
    remoteName: valueOf('IBackgroundCopyFile::GetRemoteName', remoteName),
    localName: valueOf('IBackgroundCopyFile::GetLocalName', localName),
    progress: valueOf('IBackgroundCopyFile::GetProgress', progress),
  };
}
