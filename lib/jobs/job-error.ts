// SPDX-License-Identifier: MIT
//
// The error that a job is in, as the service describes it.

import { describe, DosvcError } from '../errors.js';
import { errorContext, literalOf, type ErrorContext, type Open } from '../generated/enums.js';

/** What the binding reads from an IBackgroundCopyError. */
export interface ErrorRecord {
  context: number;
  code: number;
  description: string | null;
  contextDescription: string | null;
  protocol: string | null;
  file: JobErrorFile | null;
}

export interface JobErrorFile {
  /** The address that the file comes from. */
  remoteName: string;
  /** The path that it goes to. */
  localName: string;
}

/**
 * Why a job is in the state `'error'`.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyerror
 */
export class JobError extends DosvcError {
  /** What was being done. Delivery Optimization says `'remote-file'` for HTTP 403 alone. */
  readonly context: Open<ErrorContext>;
  /** The service's own text, in the language of the thread; null where it has none. */
  readonly description: string | null;
  /** The file that it is about; null where the service names none. */
  readonly file: JobErrorFile | null;

  /** @internal */
  constructor(record: ErrorRecord) {
    const { words, ...named } = describe(record.code);
    const which = record.file === null ? '' : ` File: ${record.file.remoteName}`;
    super(`The job failed. ${words}${which}`, named);
    this.context = literalOf(errorContext, record.context);
    this.description = record.description;
    this.file = record.file;
  }
}
