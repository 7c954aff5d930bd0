// SPDX-License-Identifier: MIT
//
// The status of a download. The service pauses a download that it cannot continue: with an error, the
// download has failed; with only an extended error, it waits and the service continues it by itself.

import type { DownloadStatus as BoundaryStatus } from '../../typings/rows.js';
import { describe, isFailure } from '../codes.js';
import { DosvcError, type DosvcErrorCode, type DosvcErrorOptions } from '../errors.js';
import { hresults, type WaitReason } from '../generated/hresults.js';
import { downloadState, literalOf, type DownloadState, type Open } from '../generated/enums.js';

export type { WaitReason };

/**
 * The status of a download.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/ns-deliveryoptimization-do_download_status
 */
export interface DownloadStatus {
  /** The name of the state, or its number if this version does not know it. */
  state: Open<DownloadState>;
  /** The size of the requested content in bytes; null while it is unknown. */
  bytesTotal: number | null;
  /** The number of bytes transferred. */
  bytesTransferred: number;
  /** Why the download failed; null if it did not. `start()` tries again. */
  error: DownloadError | null;
  /** The code of `error`, which a copy for a worker or another process keeps; null without an error. */
  errorCode: DosvcErrorCode | null;
  /**
   * Additional error information; null if there is none. Without an `error`, the service continues by
   * itself.
   */
  extendedError: DownloadError | null;
  /** The code of `extendedError`; null without one. */
  extendedErrorCode: DosvcErrorCode | null;
  /** Whether the service has paused the download and will continue it by itself. */
  transient: boolean;
  /** What a transient download waits for; null if the service does not report it. */
  waitingFor: WaitReason | null;
}

/** What a {@link DownloadError} has besides its message. */
export interface DownloadErrorOptions extends DosvcErrorOptions {
  /** Additional error information; none by default. */
  extendedError?: DownloadError | null | undefined;
}

/** The error of a download that failed, or the reason why the service has paused it. */
export class DownloadError extends DosvcError {
  /** The name of the class, as in `Error`. */
  override readonly name = 'DownloadError';
  /** Additional error information from the service; null if there is none. */
  readonly extendedError: DownloadError | null;

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, options);
    this.extendedError = options.extendedError ?? null;
  }
}

/** Whether a state is final: no other state follows it. */
export function isFinal(state: Open<DownloadState>): boolean {
  return state === 'finalized' || state === 'aborted';
}

export function statusOf(given: BoundaryStatus): DownloadStatus {
  const state = literalOf(downloadState, given.state);
  const failed = isFailure(given.error);
  const transient = state === 'paused' && !failed && isFailure(given.extendedError);
  // A failed download no longer waits. One that runs can have a reason that is transient by its code.
  const waits = transient || failed ? { transient } : {};
  const extendedError = isFailure(given.extendedError) ? failure(given.extendedError, waits) : null;
  const error = failed
    ? failure(given.error, { ...waits, extendedError }, 'The download failed. ')
    : null;
  return {
    state,
    bytesTotal: sizeOf(given, state),
    bytesTransferred: given.bytesTransferred,
    error,
    errorCode: error?.code ?? null,
    extendedError,
    extendedErrorCode: extendedError?.code ?? null,
    transient,
    waitingFor: (transient ? hresults().get(given.extendedError)?.waitsFor : undefined) ?? null,
  };
}

function failure(
  hresult: number,
  found: Pick<DownloadErrorOptions, 'transient' | 'extendedError'>,
  beginning = '',
): DownloadError {
  const { words, ...named } = describe(hresult);
  const more = found.extendedError
    ? ` Additional information from the service: ${found.extendedError.message}`
    : '';
  return new DownloadError(`${beginning}${words}${more}`, { ...named, ...found });
}

// The service reports 0 until the server has told it the size. A transferred file may really be empty.
function sizeOf({ bytesTotal }: BoundaryStatus, state: Open<DownloadState>): number | null {
  if (bytesTotal !== 0) return bytesTotal;
  return state === 'transferred' || state === 'finalized' ? 0 : null;
}
