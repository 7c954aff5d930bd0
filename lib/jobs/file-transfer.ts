// SPDX-License-Identifier: MIT
//
// The transfer of one file: how far it is, which ranges, where its content is meanwhile, where it came
// from, and whether it is valid.

import { checkBoolean, checkInteger } from '../arguments.js';
import { target } from '../feed/subscribed-events.js';
import { checkRangeList, jobRange, rangeOf, type FileRange } from '../ranges.js';
import type { Remote } from '../remote/remote.js';

/**
 * The progress of a file.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/bg-file-progress
 */
export interface FileProgress {
  /** The size of the file in bytes; null while it is unknown. */
  bytesTotal: number | null;
  /** The number of bytes transferred. */
  bytesTransferred: number;
  /** Whether the job was completed, so that the file has its final name. */
  completed: boolean;
}

/**
 * Where the content of a file came from.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits4_0/nf-bits4_0-ibackgroundcopyfile4-getpeerdownloadstats
 */
export interface PeerDownloadStats {
  /** The number of bytes from the server; null if it is unknown. */
  fromOrigin: number | null;
  /** The number of bytes from peers; null if it is unknown. */
  fromPeers: number | null;
}

export abstract class FileTransfer {
  readonly #remote: Remote;

  /** @internal */
  constructor(remote: Remote) {
    this.#remote = remote;
  }

  /**
   * The object of the service that this one stands for.
   *
   * @internal
   */
  protected get [target](): Remote {
    return this.#remote;
  }

  /**
   * Gets the file's progress in bytes.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile-getprogress
   */
  getProgress(): Promise<FileProgress> {
    return this[target].call('IBackgroundCopyFile::GetProgress');
  }

  /**
   * Gets the ranges of the file that are downloaded.
   *
   * @returns The ranges; an empty array if the whole file is downloaded.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile2-getfileranges-method
   */
  async getFileRanges(): Promise<FileRange[]> {
    return (await this[target].call('IBackgroundCopyFile2::GetFileRanges')).map(rangeOf);
  }

  /**
   * Gets the path of the temporary file that holds the content until the job is completed. To read the
   * content before, open this file with shared write access, but not before the service has begun to
   * transfer the file, or the job waits with a transient error; `getProgress()` says how many bytes there
   * are. Close it before you call `complete()` or `cancel()`. BITS only, from Windows Vista on.
   *
   * @returns The path; null if the service returns none.
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyfile3-gettemporaryname
   */
  getTemporaryName(): Promise<string | null> {
    return this[target].call('IBackgroundCopyFile3::GetTemporaryName');
  }

  /**
   * Says whether the content of the file is valid. Call this when the file is transferred, before
   * `complete()`, which takes every file to be valid. BITS only, from Windows Vista on.
   *
   * If a file from the server is not valid, the job fails with `BG_E_VALIDATION_FAILED`, and `resume()`
   * downloads the file again; on Windows Vista, cancel the job instead. If a file from a peer is not valid,
   * the service removes it from the cache and downloads it again from the server.
   *
   * Rejects with `E_PENDING` if the file is not transferred yet, and with `BG_E_RECORD_DELETED` if the
   * cache no longer has the file.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyfile3-setvalidationstate
   */
  async setValidationState(valid: boolean): Promise<void> {
    const state = checkBoolean('valid', valid);
    await this[target].call('IBackgroundCopyFile3::SetValidationState', state);
  }

  /**
   * Gets what {@link setValidationState} was called with. BITS only, from Windows Vista on.
   *
   * @returns Whether the content is valid; also false if it was never set.
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyfile3-getvalidationstate
   */
  getValidationState(): Promise<boolean> {
    return this[target].call('IBackgroundCopyFile3::GetValidationState');
  }

  /**
   * Gets whether any part of the file came from a peer. BITS only, from Windows Vista on.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyfile3-isdownloadedfrompeer
   */
  isDownloadedFromPeer(): Promise<boolean> {
    return this[target].call('IBackgroundCopyFile3::IsDownloadedFromPeer');
  }

  /**
   * Gets how many bytes came from the server and how many from peers. BITS only, from Windows 7 on.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits4_0/nf-bits4_0-ibackgroundcopyfile4-getpeerdownloadstats
   */
  async getPeerDownloadStats(): Promise<PeerDownloadStats> {
    const [fromOrigin, fromPeers] = await this[target].call(
      'IBackgroundCopyFile4::GetPeerDownloadStats',
    );
    return { fromOrigin, fromPeers };
  }

  /**
   * Has the service fetch what is missing from this position on first. For a download from an http or
   * https server that supports ranges, without the property `dynamicContent`; for any other, rejects with
   * `BG_E_RANDOM_ACCESS_NOT_SUPPORTED`. BITS only, from Windows 10 version 1703 on.
   *
   * @param offset The position in bytes, counted from 0.
   * @see https://learn.microsoft.com/windows/win32/api/bits10_1/nf-bits10_1-ibackgroundcopyfile6-updatedownloadposition
   */
  async updateDownloadPosition(offset: number): Promise<void> {
    const position = checkInteger('offset', offset, 0, Number.MAX_SAFE_INTEGER);
    await this[target].call('IBackgroundCopyFile6::UpdateDownloadPosition', position);
  }

  /**
   * Requests ranges of the file, which the service fetches first: of a job with the property
   * `onDemandMode`, only these. When they have arrived, the job is suspended, or transferred if the file
   * is complete. For the same downloads as {@link updateDownloadPosition}, and rejects like it; also with
   * `BG_E_INVALID_RANGE` if a range extends beyond the file. BITS only, from Windows 10 version 1703 on.
   *
   * @param ranges At least one range. They may overlap one another, and ranges that were requested before.
   * @see https://learn.microsoft.com/windows/win32/api/bits10_1/nf-bits10_1-ibackgroundcopyfile6-requestfileranges
   */
  async requestFileRanges(ranges: readonly FileRange[]): Promise<void> {
    const checked = checkRangeList('ranges', ranges).map(jobRange);
    await this[target].call('IBackgroundCopyFile6::RequestFileRanges', checked);
  }

  /**
   * Gets the ranges of the file that have arrived, in order and merged. For the same downloads as
   * {@link updateDownloadPosition}, and rejects like it. BITS only, from Windows 10 version 1703 on.
   *
   * @returns The ranges; an empty array if nothing has arrived.
   * @see https://learn.microsoft.com/windows/win32/api/bits10_1/nf-bits10_1-ibackgroundcopyfile6-getfilledfileranges
   */
  async getFilledFileRanges(): Promise<FileRange[]> {
    return (await this[target].call('IBackgroundCopyFile6::GetFilledFileRanges')).map(rangeOf);
  }
}
