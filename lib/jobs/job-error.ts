// SPDX-License-Identifier: MIT
//
// The error that a job is in, as the service describes it.

import type { Followed, Outcome } from '../../typings/binding.js';
import { withoutSecrets } from '../arguments.js';
import { describe, DosvcError } from '../errors.js';
import { errorContext, literalOf, type ErrorContext, type Open } from '../generated/enums.js';
import { callOf, followed, resultOf, valueOf, type Remote, type RowResult } from '../remote.js';

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
  remoteName: string | null;
  /** The path that it goes to. */
  localName: string | null;
}

/**
 * Why a job is in the state `'error'` or `'transient-error'`.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyerror
 */
export class JobError extends DosvcError {
  /** What was being done. Delivery Optimization says `'remote-file'` for HTTP 403 alone. */
  readonly context: Open<ErrorContext>;
  /** The service's own text; null where it has none. */
  readonly description: string | null;
  /** The service's own text on the context; null where it has none. */
  readonly contextDescription: string | null;
  /** The protocol of the transfer, `'http'`; null where the service does not say. */
  readonly protocol: string | null;
  /** The file that it is about; null where the service names none. */
  readonly file: JobErrorFile | null;

  /** @internal */
  constructor(record: ErrorRecord) {
    const { words, ...named } = describe(record.code);
    const name = record.file?.remoteName;
    super(`The job failed. ${words}${name ? ` File: ${withoutSecrets(name)}` : ''}`, named);
    this.context = literalOf(errorContext, record.context);
    this.description = record.description;
    this.contextDescription = record.contextDescription;
    this.protocol = record.protocol;
    this.file = record.file;
  }
}

/** GetError with everything that is to be read of it, in the user's language, for a hop. */
export const errorCall = callOf('IBackgroundCopyJob::GetError', [], {
  then: [
    callOf('IBackgroundCopyError::GetError', []),
    callOf('IBackgroundCopyError::GetErrorDescription', [null]),
    callOf('IBackgroundCopyError::GetErrorContextDescription', [null]),
    callOf('IBackgroundCopyError::GetProtocol', []),
    callOf('IBackgroundCopyError::GetFile', [], {
      then: [
        callOf('IBackgroundCopyFile::GetRemoteName', []),
        callOf('IBackgroundCopyFile::GetLocalName', []),
      ],
    }),
  ],
});

/** The error that came of {@link errorCall}; null where there was none. */
export function jobErrorOf(outcome: Followed | null): JobError | null {
  const [read, ...texts] = outcome?.outcomes ?? [];
  const error = valueOf('IBackgroundCopyError::GetError', read);
  return error === null ? null : errorIn(...error, texts);
}

function errorIn(context: number, code: number, texts: readonly Outcome[]): JobError {
  const [description, contextDescription, protocol, file] = texts;
  return new JobError({
    context,
    code,
    description: valueOf('IBackgroundCopyError::GetErrorDescription', description),
    contextDescription: valueOf(
      'IBackgroundCopyError::GetErrorContextDescription',
      contextDescription,
    ),
    protocol: valueOf('IBackgroundCopyError::GetProtocol', protocol),
    file: fileOf(followed(file)),
  });
}

export async function readJobError(job: Remote): Promise<JobError> {
  const row = 'IBackgroundCopyJob::GetError';
  const service = job.connection.service.title;
  const [outcome] = await job.hop(row, [errorCall]);
  const found = resultOf(outcome, { service, operation: row }) as unknown as Followed;
  const [read, ...texts] = found.outcomes;
  const operation = 'IBackgroundCopyError::GetError';
  const [context, code] = resultOf(read, { service, operation }) as RowResult<typeof operation>;
  return errorIn(context, code, texts);
}

function fileOf(file: Followed | null): JobErrorFile | null {
  if (file === null) return null;
  const [remoteName, localName] = file.outcomes;
  return {
    remoteName: valueOf('IBackgroundCopyFile::GetRemoteName', remoteName),
    localName: valueOf('IBackgroundCopyFile::GetLocalName', localName),
  };
}
