// SPDX-License-Identifier: MIT
//
// The progress of a job, which methods, events and snapshots share.

/**
 * The progress of a job.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/bg-job-progress
 */
export interface JobProgress {
  /** The size of all files in bytes; null while the size of any file is unknown. */
  bytesTotal: number | null;
  /** The number of bytes transferred. */
  bytesTransferred: number;
  /** The number of files in the job. */
  filesTotal: number;
  /** The number of files transferred. */
  filesTransferred: number;
}
