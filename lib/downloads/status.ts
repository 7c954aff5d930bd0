// SPDX-License-Identifier: MIT
//
// The status of a download. The service pauses a download that it cannot continue: with an error, the
// download has failed; with only an extended error, it waits and the service continues it by itself.

import type { DownloadStatus as BoundaryStatus } from '../../typings/rows.js';
import { describe, DosvcError, isFailure, type DosvcErrorCode } from '../errors.js';
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

/** The error of a download that failed, or the reason why the service has paused it. */
export class DownloadError extends DosvcError {
  override readonly name = 'DownloadError';
  /** Additional error information from the service; null if there is none. */
  readonly extendedError: DownloadError | null;

  /** @internal */
  constructor(beginning: string, hresult: number, extendedError: DownloadError | null) {
    const { words, ...named } = describe(hresult);
    const more =
      extendedError === null
        ? ''
        : ` Additional information from the service: ${extendedError.message}`;
    super(`${beginning}${words}${more}`, named);
    this.extendedError = extendedError;
  }
}

/** Whether a state is final: no other state follows it. */
export function isFinal(state: Open<DownloadState>): boolean {
  return state === 'finalized' || state === 'aborted';
}

export function statusOf(given: BoundaryStatus): DownloadStatus {
  const state = literalOf(downloadState, given.state);
  const transient = state === 'paused' && !isFailure(given.error) && isFailure(given.extendedError);
  const extendedError = isFailure(given.extendedError)
    ? new DownloadError('', given.extendedError, null)
    : null;
  const error = isFailure(given.error)
    ? new DownloadError('The download failed. ', given.error, extendedError)
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

// The service reports 0 until the server has told it the size. A transferred file may really be empty.
function sizeOf({ bytesTotal }: BoundaryStatus, state: Open<DownloadState>): number | null {
  if (bytesTotal !== 0) return bytesTotal;
  return state === 'transferred' || state === 'finalized' ? 0 : null;
}
