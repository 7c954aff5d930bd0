// SPDX-License-Identifier: MIT
//
// How far a download is, and how it is doing. A download that the service cannot go on with is
// paused: with an error it has failed; with an extended error alone it waits, and goes on by itself.

import type { DownloadStatus as BoundaryStatus } from '../../typings/rows.js';
import { describe, DosvcError } from '../errors.js';
import { downloadState, literalOf, type DownloadState, type Open } from '../generated/enums.js';

/** What a download waits for. */
export type WaitReason = 'network' | 'power' | 'cost' | 'cellular' | 'vpn' | 'memory';

/**
 * The status of a download.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/ns-deliveryoptimization-do_download_status
 */
export interface DownloadStatus {
  state: Open<DownloadState>;
  /** Bytes of what was asked for; null while the size is not known. */
  bytesTotal: number | null;
  bytesTransferred: number;
  /** Why it failed; null where it did not. `start()` tries again. */
  error: DownloadError | null;
  /** What is the matter beside that. Without an `error` the service goes on by itself. */
  extendedError: DownloadError | null;
  /** Whether it is paused by the service and will go on by itself. */
  transient: boolean;
  /** What it waits for then, where the service says so. */
  waitingFor: WaitReason | null;
}

/** What the service says of a download that failed or waits. */
export class DownloadError extends DosvcError {
  /** What the service adds; null where it adds nothing. */
  readonly extendedError: DownloadError | null;

  /** @internal */
  constructor(beginning: string, hresult: number, extendedError: DownloadError | null) {
    const { words, ...named } = describe(hresult);
    const more = extendedError === null ? '' : ` The service adds: ${extendedError.message}`;
    super(`${beginning}${words}${more}`, named);
    this.extendedError = extendedError;
  }
}

const reasons = new Map<number, WaitReason>([
  [0x80d03801, 'cost'],
  [0x80d03803, 'cellular'],
  [0x80d03804, 'power'],
  [0x80d03805, 'network'],
  [0x80d03807, 'vpn'],
  [0x80d03808, 'memory'],
]);

/** The states in which nothing is left to come. */
export function isFinal(state: Open<DownloadState>): boolean {
  return state === 'finalized' || state === 'aborted';
}

function isFailure(hresult: number): boolean {
  return hresult >= 0x80000000;
}

export function statusOf(given: BoundaryStatus): DownloadStatus {
  const state = literalOf(downloadState, given.state);
  const transient = state === 'paused' && !isFailure(given.error) && isFailure(given.extendedError);
  const extendedError = isFailure(given.extendedError)
    ? new DownloadError('', given.extendedError, null)
    : null;
  return {
    state,
    bytesTotal: sizeOf(given, state),
    bytesTransferred: given.bytesTransferred,
    error: isFailure(given.error)
      ? new DownloadError('The download failed. ', given.error, extendedError)
      : null,
    extendedError,
    transient,
    waitingFor: (transient ? reasons.get(given.extendedError) : undefined) ?? null,
  };
}

// The service says 0 before it has asked the server. A file that has arrived may really be empty.
function sizeOf({ bytesTotal }: BoundaryStatus, state: Open<DownloadState>): number | null {
  if (bytesTotal !== 0) return bytesTotal;
  return state === 'transferred' || state === 'finalized' ? 0 : null;
}

/** Whether nothing changed from one to the other. */
export function isSame(one: BoundaryStatus, other: BoundaryStatus): boolean {
  return (
    isSameState(one, other) &&
    one.bytesTotal === other.bytesTotal &&
    one.bytesTransferred === other.bytesTransferred
  );
}

/** The same but for the bytes. */
export function isSameState(one: BoundaryStatus | undefined, other: BoundaryStatus): boolean {
  return (
    one?.state === other.state &&
    one.error === other.error &&
    one.extendedError === other.extendedError
  );
}
