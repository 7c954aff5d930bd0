// SPDX-License-Identifier: MIT

/**
 * How far a job is.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/bg-job-progress
 */
export interface JobProgress {
  /** Bytes of all files; null while the size of one of them is not known. */
  bytesTotal: number | null;
  bytesTransferred: number;
  filesTotal: number;
  filesTransferred: number;
}
