// SPDX-License-Identifier: MIT
//
// The error of a job, as the service describes it.

import type { OutcomeOf, Outcomes } from '../../typings/binding.js';
import { describe, DosvcError, type DosvcErrorOptions } from '../errors.js';
import { errorContext, literalOf, type ErrorContext, type Open } from '../generated/enums.js';
import { callOf, readOf, valueOf } from '../remote/calls.js';
import type { Remote } from '../remote/remote.js';
import { withoutSecrets } from '../secrets.js';
import { fileNames } from './file.js';

/** The file that a {@link JobError} refers to. */
export interface JobErrorFile {
  /**
   * The URL that the file is downloaded from, without user information, query and fragment, because
   * errors end up in logs; null if it cannot be read.
   */
  remoteName: string | null;
  /** The path of the target file; null if it cannot be read. */
  localName: string | null;
}

/** What a {@link JobError} has besides its message. */
export interface JobErrorOptions extends DosvcErrorOptions {
  context?: Open<ErrorContext> | undefined;
  description?: string | null | undefined;
  contextDescription?: string | null | undefined;
  protocol?: string | null | undefined;
  file?: JobErrorFile | null | undefined;
}

/**
 * The error of a job in the state `'error'` or `'transient-error'`.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyerror
 */
export class JobError extends DosvcError {
  override readonly name = 'JobError';
  /** Where the error occurred. Delivery Optimization reports `'remote-file'` only for HTTP 403. */
  readonly context: Open<ErrorContext>;
  /** The service's own description of the error, in the user's language; null if it has none. */
  readonly description: string | null;
  /** The service's own description of the context, in the user's language; null if it has none. */
  readonly contextDescription: string | null;
  /** The protocol of the transfer, such as `'http'`; null if the service does not report it. */
  readonly protocol: string | null;
  /** The file that the error refers to; null if the service names none. */
  readonly file: JobErrorFile | null;

  constructor(message: string, options: JobErrorOptions) {
    super(message, options);
    this.context = options.context ?? 'unknown';
    this.description = options.description ?? null;
    this.contextDescription = options.contextDescription ?? null;
    this.protocol = options.protocol ?? null;
    this.file = options.file ?? null;
  }
}

const errorCalls = [
  callOf('IBackgroundCopyError::GetError', []),
  callOf('IBackgroundCopyError::GetErrorDescription', [null]),
  callOf('IBackgroundCopyError::GetErrorContextDescription', [null]),
  callOf('IBackgroundCopyError::GetProtocol', []),
  callOf('IBackgroundCopyError::GetFile', [], { then: fileNames }),
] as const;

/** The call of GetError for a hop, with everything to read of the error, in the user's language. */
export const errorCall = callOf('IBackgroundCopyJob::GetError', [], { then: errorCalls });

/** The error that {@link errorCall} returned; null if there was none. */
export function jobErrorOf(outcome: OutcomeOf<typeof errorCall>): JobError | null {
  const outcomes = valueOf(outcome)?.outcomes;
  if (outcomes === undefined) return null;
  const [read] = outcomes;
  const error = valueOf(read);
  return error === null ? unreadError(read.hresult) : errorIn(error, outcomes);
}

function errorIn(
  [context, code]: [number, number],
  [, description, contextDescription, protocol, file]: Outcomes<typeof errorCalls>,
): JobError {
  return failure(code, {
    context: literalOf(errorContext, context),
    description: valueOf(description),
    contextDescription: valueOf(contextDescription),
    protocol: valueOf(protocol),
    file: readOf(file, ({ outcomes: [remoteName, localName] }) => ({
      remoteName: printable(valueOf(remoteName)),
      localName: valueOf(localName),
    })),
  });
}

function printable(address: string | null): string | null {
  return address === null ? null : withoutSecrets(address);
}

/** The error of a job that is in an error state but whose error cannot be read. `code` says why. */
export function unreadError(code: number): JobError {
  return failure(code);
}

function failure(hresult: number, read: Partial<JobErrorOptions> = {}): JobError {
  const { words, ...named } = describe(hresult);
  const name = read.file?.remoteName;
  return new JobError(`The job failed. ${words}${name ? ` File: ${name}` : ''}`, {
    ...named,
    ...read,
  });
}

export async function readJobError(job: Remote): Promise<JobError> {
  const [outcome] = await job.hop(errorCall.row, () => [errorCall]);
  const { outcomes } = job.resultOf(outcome, errorCall.row);
  const error = job.resultOf(outcomes[0], errorCalls[0].row);
  return errorIn(error, outcomes);
}
