// SPDX-License-Identifier: MIT
//
// A job as it is at one moment, read in one hop.

import type { Followed } from '../../typings/binding.js';
import type { JobTimes as BoundaryTimes } from '../../typings/rows.js';
import type { DosvcErrorCode } from '../errors.js';
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
import { callOf, readOf, valueOf } from '../remote/calls.js';
import type { Remote } from '../remote/remote.js';
import { fileNames } from './file.js';
import type { FileProgress } from './file-transfer.js';
import { errorCall, JobError, jobErrorOf, moreCall } from './job-error.js';
import type { JobProgress } from './progress.js';

/**
 * The times of a job, each null until it is set.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/bg-job-times
 */
export interface JobTimes {
  /** When the job was created. */
  creationTime: Date | null;
  /** When the job was last modified. */
  modificationTime: Date | null;
  /** When the job was transferred. */
  transferCompletionTime: Date | null;
}

/** A file of a {@link JobSnapshot}. A value that cannot be read is null. */
export interface FileSnapshot {
  /** The URL that the file is downloaded from. */
  remoteName: string | null;
  /** The path of the target file. */
  localName: string | null;
  /** The file's progress in bytes. */
  progress: FileProgress | null;
}

/**
 * A job at one moment. A value that the service does not implement is null. A state, type or priority
 * that this version does not know is its number.
 */
export interface JobSnapshot {
  /** The job's id, a GUID in lower case without braces. */
  id: string;
  /** The job's state. */
  state: Open<JobState>;
  /** Whether it downloads or uploads. */
  type: Open<JobType> | null;
  /** The job's priority. */
  priority: Open<JobPriority> | null;
  /** The name shown to users. */
  displayName: string | null;
  /** The job's description. */
  description: string | null;
  /** The owner's security identifier (SID), `'S-1-5-…'`. */
  owner: string | null;
  /** The job's progress in bytes and files. */
  progress: JobProgress | null;
  /** When the job was created, last modified and transferred. */
  times: JobTimes | null;
  /** Also null while the job has no error. */
  error: JobError | null;
  /** The code of `error`, which a copy for a worker or another process keeps; null without an error. */
  errorCode: DosvcErrorCode | null;
  /** The files of the job. */
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

const fileCalls = [...fileNames, callOf('IBackgroundCopyFile::GetProgress', [])] as const;
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
  moreCall,
  callOf('IBackgroundCopyJob::EnumFiles', [], { then: fileCalls }),
] as const;

/** Takes a snapshot of a job. Rejects only if the state cannot be read. */
export async function takeSnapshot(job: Remote, id: string): Promise<JobSnapshot> {
  const operation = 'IBackgroundCopyJob::GetState';
  const [
    state,
    type,
    priority,
    displayName,
    description,
    owner,
    progress,
    times,
    error,
    more,
    files,
  ] = await job.hop(operation, () => calls);
  const stateNumber = job.resultOf(state, operation);
  const jobError = jobErrorOf(stateNumber, error, more);
  return {
    id,
    state: literalOf(jobState, stateNumber),
    type: readOf(type, (number) => literalOf(jobType, number)),
    priority: readOf(priority, (number) => literalOf(jobPriority, number)),
    displayName: valueOf(displayName),
    description: valueOf(description),
    owner: valueOf(owner),
    progress: valueOf(progress),
    times: readOf(times, timesOf),
    error: jobError,
    errorCode: jobError?.code ?? null,
    files: readOf(files, (all) => all.map(fileOf)),
  };
}

function fileOf({ outcomes }: Followed<typeof fileCalls>): FileSnapshot {
  const [remoteName, localName, progress] = outcomes;
  return {
    remoteName: valueOf(remoteName),
    localName: valueOf(localName),
    progress: valueOf(progress),
  };
}
