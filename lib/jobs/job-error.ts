// SPDX-License-Identifier: MIT
//
// The error that a job is in, as the service describes it.

import type { Followed } from '../../typings/binding.js';
import { withoutSecrets } from '../arguments.js';
import { describe, DosvcError } from '../errors.js';
import { errorContext, literalOf, type ErrorContext, type Open } from '../generated/enums.js';
import { callOf, followed, resultOf, valueOf, type Remote } from '../remote.js';

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

// MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT): the language of the user.
export const usersLanguage = 0x0400;

/** GetError with everything that is to be read of it, for a hop. */
export const errorCall = callOf('IBackgroundCopyJob::GetError', [], {
  then: [
    callOf('IBackgroundCopyError::GetError', []),
    callOf('IBackgroundCopyError::GetErrorDescription', [usersLanguage]),
    callOf('IBackgroundCopyError::GetErrorContextDescription', [usersLanguage]),
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
  const [error, description, contextDescription, protocol, file] = outcome?.outcomes ?? [];
  const found = valueOf('IBackgroundCopyError::GetError', error);
  if (found === null) return null;
  const [context, code] = found;
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
  const [outcome] = await job.hop(row, [errorCall]);
  const found = followed(outcome);
  const error = jobErrorOf(found);
  if (error !== null) return error;
  const service = job.connection.service.title;
  resultOf(outcome, { service, operation: row });
  if (found !== null) {
    resultOf(found.outcomes[0], { service, operation: 'IBackgroundCopyError::GetError' });
  }
  // The service gave no object.
  throw new DosvcError(`${row}: the service does not say what failed.`, {
    code: 'E_UNEXPECTED',
    hresult: 0x8000ffff,
    operation: row,
  });
}

function fileOf(file: Followed | null): JobErrorFile | null {
  if (file === null) return null;
  const [remoteName, localName] = file.outcomes;
  return {
    remoteName: valueOf('IBackgroundCopyFile::GetRemoteName', remoteName),
    localName: valueOf('IBackgroundCopyFile::GetLocalName', localName),
  };
}
