// SPDX-License-Identifier: MIT
//
// The public API.

export { isSupported } from './binding.js';
export type { ConnectOptions } from './connection.js';
export { DosvcError } from './errors.js';
export type { ErrorContext, JobState, JobType, Open } from './generated/enums.js';
export type { BackgroundCopyJob, Success } from './jobs/job.js';
export { JobError, type JobErrorFile } from './jobs/job-error.js';
export type { JobEventMap, JobModification, JobWarning } from './jobs/job-events.js';
export { BackgroundCopyManager } from './jobs/manager.js';
export type { JobProgress } from './jobs/progress.js';
