// SPDX-License-Identifier: MIT
//
// What all objects of one download share in this environment, no matter which managers they came from.

import type { AnyCall, Outcome } from '../../typings/binding.js';
import type { DownloadRange, DownloadStatus } from '../../typings/rows.js';
import { anyGuid } from '../arguments.js';
import { isFailure } from '../codes.js';
import { DosvcError, failed, sizeError } from '../errors.js';
import { Feed } from '../feed/feed.js';
import { downloadState } from '../generated/enums.js';
import type { End } from '../remote/earlier-end.js';
import { SharedState } from '../remote/shared-state.js';
import type { Remote } from '../remote/remote.js';
import { WeakRegistry } from '../remote/weak-registry.js';
import { downloadSubject } from './download-subject.js';

/** An id in the library's format: a GUID in lower case without braces. */
export function normalizedId(id: string): string {
  return anyGuid(id) ?? id;
}

export class SharedDownload extends SharedState {
  /** The feed of all listeners of the download. */
  readonly feed = new Feed(downloadSubject(this));
  /** Whether the download was started, so that the next start resumes it; undefined if unknown. */
  begun: boolean | undefined;
  /** The size that was given for the whole content; undefined if none was. */
  size: number | undefined;
  // Whether only some ranges of it were requested.
  #partial = false;
  /** Whether the download is being read as a stream. The service has one stream per download. */
  streamed = false;

  /** Counts a call that was answered, and records what it returned. */
  override answered(call: AnyCall, outcome: Outcome): void {
    super.answered(call, outcome);
    if (call.row === 'IDODownload::GetStatus' && !failed(outcome)) {
      this.saw(outcome.value as DownloadStatus);
    }
  }

  // Without ranges, a start continues.
  protected override carriedOut({ row, args }: AnyCall): boolean {
    const ranges = row === 'IDODownload::Start' ? (args[0] as DownloadRange[] | null) : null;
    if (ranges !== null) this.#partial = !isWhole(ranges);
    return ranges !== null;
  }

  /** Records a state that was read. It may be older than a start that is in progress. */
  sawState(state: number): void {
    if (this.begun !== true) this.begun = state !== downloadState.created;
  }

  /** Records a status that was read in order with all calls. */
  saw(status: DownloadStatus): void {
    this.sawState(status.state);
    this.sawEnd(endOf(status));
  }

  /** Whether a status is the one from before a start, which the service has yet to carry out. */
  isOutdated(status: DownloadStatus): boolean {
    return this.isEarlierEnd(endOf(status));
  }

  /** The error of a transferred download that has another size than the one given; null if it does not. */
  sizeErrorOf({ bytesTransferred }: DownloadStatus, advice: string): DosvcError | null {
    const { size } = this;
    if (size === undefined || this.#partial || size === bytesTransferred) return null;
    return sizeError('The download', bytesTransferred, size, advice);
  }

  protected override changed(): void {
    this.feed.refresh();
  }

  async start(remote: Remote, ranges: DownloadRange[] | null): Promise<void> {
    const before = this.begun;
    this.begun = true;
    try {
      await remote.call('IDODownload::Start', ranges);
    } catch (error) {
      this.begun = mayHaveRun(error) ? undefined : before;
      throw error;
    }
  }
}

function isWhole([first, ...more]: DownloadRange[]): boolean {
  return first === undefined || (first.offset === 0 && first.length === null && more.length === 0);
}

function endOf({ state, error, bytesTransferred, bytesTotal }: DownloadStatus): End | undefined {
  const bytes = `${String(bytesTransferred)} of ${String(bytesTotal)}`;
  if (isFailure(error)) return `failed: ${String(error)}, ${bytes}`;
  return state === downloadState.transferred ? `transferred ${bytes}` : undefined;
}

export const sharedDownloads = new WeakRegistry((key) => new SharedDownload(key));

export function mayHaveRun(error: unknown): boolean {
  return error instanceof DosvcError && error.mayHaveRun;
}
