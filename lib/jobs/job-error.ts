// SPDX-License-Identifier: MIT
//
// The error of a job, as the service describes it.

import type { OutcomeOf, Outcomes } from '../../typings/binding.js';
import { describe, infoOf, isFailure } from '../codes.js';
import { DosvcError, type DosvcErrorOptions } from '../errors.js';
import {
  deliveryOptimizationJobProperty as doJobProperty,
  errorContext,
  jobState,
  literalOf,
  type ErrorContext,
  type Open,
} from '../generated/enums.js';
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
  /** Where the error occurred; `'unknown'` by default. */
  context?: Open<ErrorContext> | undefined;
  /** The service's own description of the error; none by default. */
  description?: string | null | undefined;
  /** The service's own description of the context; none by default. */
  contextDescription?: string | null | undefined;
  /** The protocol of the transfer; none by default. */
  protocol?: string | null | undefined;
  /** The file that the error refers to; none by default. */
  file?: JobErrorFile | null | undefined;
}

/**
 * The error of a job in the state `'error'` or `'transient-error'`.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyerror
 */
export class JobError extends DosvcError {
  /** The name of the class, as in `Error`. */
  override readonly name = 'JobError';
  /**
   * Where the error occurred. Delivery Optimization reports `'remote-file'` only for HTTP 403.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyerror-geterror
   */
  readonly context: Open<ErrorContext>;
  /**
   * The service's own description of the error, in the user's language; null if it has none.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyerror-geterrordescription
   */
  readonly description: string | null;
  /**
   * The service's own description of the context, in the user's language; null if it has none.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyerror-geterrorcontextdescription
   */
  readonly contextDescription: string | null;
  /**
   * The protocol of the transfer, such as `'http'`; null if the service does not report it.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyerror-getprotocol
   */
  readonly protocol: string | null;
  /**
   * The file that the error refers to; null if the service names none.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyerror-getfile
   */
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

const statesInError: readonly number[] = [jobState.error, jobState['transient-error']];
/** For a call that is made only in a state that has an error: GetState is the first call of the hop. */
export const inError = { when: { call: 0, gave: statesInError } } as const;

/** The call that returns what else Delivery Optimization says of the error, as text. */
export const moreCall = {
  ...callOf('IDeliveryOptimizationJob2::GetProperty', [doJobProperty.extendedErrorInfo]),
  ...inError,
} as const;

/**
 * The error that the service returned for a job in the state `state`, or null. In an error state, the
 * service may return none all the same, or only the code in its extended information.
 */
export function jobErrorOf(
  state: number,
  error: OutcomeOf<typeof errorCall>,
  more: OutcomeOf<typeof moreCall>,
): JobError | null {
  const outcomes = valueOf(error)?.outcomes;
  const read = outcomes?.[0];
  const found = valueOf(read);
  if (outcomes !== undefined && found !== null && isFailure(found[1])) {
    return errorIn(found, outcomes, state);
  }
  if (!statesInError.includes(state)) return null;
  const text = valueOf(more)?.value;
  const code = typeof text === 'string' ? /\b0x[89a-f][0-9a-f]{7}\b/i.exec(text)?.[0] : undefined;
  return code === undefined
    ? withoutReason((read ?? error).hresult, state)
    : failure(Number(code), { state });
}

function errorIn(
  [context, code]: [number, number],
  [, description, contextDescription, protocol, file]: Outcomes<typeof errorCalls>,
  state: number,
): JobError {
  return failure(code, {
    state,
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

/** @param hresult Of the call that was to return the reason: a failure, or a success without a reason. */
function withoutReason(hresult: number, state: number): JobError {
  if (!isFailure(hresult)) return failure(E_FAIL, { state }, noReason);
  if (unavailable.has(hresult)) return failure(hresult, { state }, noReason);
  const meaning = `Its error cannot be read: ${describe(hresult).meaning}`;
  return failure(hresult, { state }, { meaning });
}

const E_FAIL = 0x80004005;
const unavailable = new Set([0x80d02014, 0x8020000f]); // DO_ and BG_E_ERROR_INFORMATION_UNAVAILABLE
const noReason = {
  meaning: 'The service gives no reason.',
  advice:
    'Check that the URL is right, that its server can be reached, and that the target folder can be written to.',
};

const noLongerWaits = 'The service no longer waits: resume the job when the cause is gone.';

function failure(
  hresult: number,
  { state, ...read }: Partial<JobErrorOptions> & { state: number },
  instead = {},
): JobError {
  const waits = state === jobState['transient-error'];
  const failed = state === jobState.error;
  const { words, ...named } = describe(hresult, {
    ...(failed && infoOf(hresult).transient && { advice: noLongerWaits }),
    ...instead,
  });
  const name = read.file?.remoteName;
  const beginning = waits ? 'The job waits, and the service tries again.' : 'The job failed.';
  return new JobError(`${beginning} ${words}${name ? ` File: ${name}` : ''}`, {
    ...named,
    ...read,
    ...((waits || failed) && { transient: waits }),
  });
}

export async function readJobError(job: Remote): Promise<JobError> {
  const calls = [callOf('IBackgroundCopyJob::GetState', []), errorCall, moreCall] as const;
  const [stateRead, error, more] = await job.hop(errorCall.row, () => calls);
  const state = job.resultOf(stateRead, calls[0].row);
  const found = jobErrorOf(state, error, more);
  if (found !== null) return found;
  const { outcomes } = job.resultOf(error, errorCall.row);
  return errorIn(job.resultOf(outcomes[0], errorCalls[0].row), outcomes, state);
}
