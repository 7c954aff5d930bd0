// SPDX-License-Identifier: MIT
//
// A download of the public API: the methods of IDODownload, with waiting, streams and disposal.

import { addAbortSignal, type Readable } from 'node:stream';
import { checkOptions, checkSignal } from '../arguments.js';
import { isGone, isUnknown } from '../codes.js';
import { DosvcError, refusal } from '../errors.js';
import { checkStart, type FileRange } from '../ranges.js';
import type { Remote } from '../remote/remote.js';
import { target } from '../feed/subscribed-events.js';
import type { WaitOptions } from '../feed/watch.js';
import { DownloadEvents } from './download-events.js';
import { DownloadStream } from './download-stream.js';
import { watchDownload } from './download-watch.js';
import {
  properties,
  type DownloadProperties,
  type SettableDownloadProperties,
} from './properties.js';
import type { SharedDownload } from './shared-download.js';
import { isFinal, statusOf, type DownloadStatus } from './status.js';

/** Options of {@link Download.stream}. */
export interface StreamOptions {
  /** The ranges to read; the whole file by default. */
  ranges?: readonly FileRange[] | undefined;
  /** Destroys the stream with an AbortError, which also aborts the download. */
  signal?: AbortSignal | undefined;
}

/**
 * A download of one file, which the service transfers on its own, whether or not this process still
 * runs. Its events are those of `DownloadEventMap`. Calls on one download keep their order.
 *
 * Methods reject with a TypeError or RangeError for an invalid argument, with `DO_E_INVALID_STATE` if
 * the state of the download does not allow the call, with `ERR_DOSVC_CALL_TIMEOUT` if the service does
 * not answer in time, and with `ERR_DOSVC_CLOSED` once this object or its manager is closed. A download
 * without the property `nonVolatile` ends with the service's process; its methods then reject with
 * `DO_E_NO_DOWNLOADS`.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idodownload
 */
export class Download extends DownloadEvents {
  /** The download's id, a GUID. The manager's `enumDownloads({ id })` finds the download by it. */
  readonly id: string;
  readonly #shared: SharedDownload;
  #owned: boolean;

  /** @internal */
  constructor(remote: Remote, shared: SharedDownload, id: string, owned: boolean) {
    super(remote, shared);
    this.#shared = shared;
    this.id = id;
    this.#owned = owned;
  }

  /**
   * Starts the transfer, or resumes it after a pause or a failure. A transferred download can be
   * started again with other ranges.
   *
   * Rejects with `DO_E_DOWNLOAD_NO_URI`, `DO_E_LOCALPATH_NOT_SET` or
   * `DO_E_FILE_DOWNLOADSINK_UNSPECIFIED` if a required property is missing, and with
   * `DO_E_INVALID_STATE` for ranges while the download is read as a stream. Later failures are reported
   * in the status, such as `BG_E_HTTP_ERROR_404`, or `DO_E_INSUFFICIENT_RANGE_SUPPORT` if the server
   * does not support ranges.
   *
   * @param ranges Ranges that do not overlap. If omitted, the first start requests the whole file and a
   * later one resumes. An empty array requests the whole file. Null is passed to COM as it is: the first
   * start then requests the whole file, too, and any later one resumes, even if another process has made
   * the first in the meantime.
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-start
   */
  async start(ranges?: readonly FileRange[] | null): Promise<void> {
    const checked = checkStart('ranges', ranges);
    if (checked !== null && this.#shared.streamed) {
      const { invalidState } = this[target].connection.service;
      throw refusal(
        invalidState,
        'The download is being read as a stream, so its ranges cannot be changed.',
      );
    }
    // Ask the service first, but only if it is unknown whether the download was started.
    if (ranges === undefined && this.#shared.begun === undefined) await this.getStatus();
    const sent = ranges === undefined && this.#shared.begun !== true ? [] : checked;
    await this.#shared.start(this[target], sent);
  }

  /**
   * Pauses the transfer until the next {@link start}. Rejects with `DO_E_INVALID_STATE` if no transfer
   * is in progress.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-pause
   */
  async pause(): Promise<void> {
    await this[target].call('IDODownload::Pause');
  }

  /**
   * Aborts the download and deletes the data transferred so far.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-abort
   */
  async abort(): Promise<void> {
    await this[target].call('IDODownload::Abort');
  }

  /**
   * Finalizes a transferred download: the file gets its final name. Without this call, the service
   * keeps the transferred data for days.
   *
   * Rejects with `ERROR_ALREADY_EXISTS` if a file already exists at the `localPath`, and with
   * `DO_E_INVALID_STATE` before the download is transferred.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-finalize
   */
  async finalize(): Promise<void> {
    await this[target].call('IDODownload::Finalize');
  }

  /**
   * Gets the status of the download: its state, progress and errors. A failed download is reported in
   * the status; the call does not reject for it.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-getstatus
   */
  async getStatus(): Promise<DownloadStatus> {
    return statusOf(await this[target].call('IDODownload::GetStatus'));
  }

  /**
   * Gets a property by name. Rejects with `E_NOT_SET` if it was never set, with
   * `DO_E_WRITE_ONLY_PROPERTY` if it cannot be read, and with `DO_E_UNKNOWN_PROPERTY_ID` if this
   * version of Windows is too old; `downloadProperties[name].since` is the first build that has it.
   *
   * @returns The value, or null if the service returns none.
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-getproperty
   */
  getProperty<Name extends keyof DownloadProperties>(
    name: Name,
  ): Promise<DownloadProperties[Name] | null> {
    return properties.get(this[target], name);
  }

  /**
   * Sets a property by name. Rejects with a TypeError or RangeError for an invalid value and for a
   * property that cannot be set by value; with `DO_E_READ_ONLY_PROPERTY`; with
   * `DO_E_UNKNOWN_PROPERTY_ID` if this version of Windows is too old; and with `DO_E_INVALID_STATE` if
   * the download has progressed too far to change it.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-setproperty
   */
  async setProperty<Name extends keyof SettableDownloadProperties>(
    name: Name,
    value: SettableDownloadProperties[Name],
  ): Promise<void> {
    await properties.set(this[target], name, value);
    if (name === 'totalSizeBytes') this.#shared.size = Number(value);
  }

  /**
   * Waits until the requested content is transferred, and keeps the process alive until then. Neither a
   * pause nor a condition that the service itself waits for (network, power, cost) ends the wait.
   *
   * Rejects with the download's `DownloadError`; with `DO_E_INVALID_STATE` if it is aborted or
   * finalized; with `DO_E_NO_DOWNLOADS` if it ended with the service; with `ERR_DOSVC_SIZE_MISMATCH` if
   * the whole content has another size than the `totalSizeBytes` that this process set; with
   * `ERR_DOSVC_TIMEOUT`, `ERR_DOSVC_STALLED` or `ERR_DOSVC_CLOSED`; with an AbortError; or with the error
   * of reading the download. None of these changes the download.
   */
  async wait(options?: WaitOptions): Promise<void> {
    const watch = watchDownload(this[target], this.#shared, options);
    while (!(await watch.next()).done);
  }

  /**
   * Iterates over the download's status, each time that it changes, until the download is transferred.
   * A newer value replaces one that was not consumed yet. Rejects like {@link wait}. Leaving the loop
   * ends the watch.
   */
  watch(options?: WaitOptions): AsyncGenerator<DownloadStatus, void, undefined> {
    return watchDownload(this[target], this.#shared, options);
  }

  /**
   * Returns the content of a download without a `localPath` as a stream. The first read starts the
   * download, and the end of the stream finalizes it. A stream that is destroyed earlier, by its reader
   * or because this object or its manager is closed, aborts the download. At most 2 MiB of the content
   * are in memory: a slow reader makes the service wait.
   *
   * The stream's errors are those of {@link start} and {@link wait}, and
   * `DO_E_FILE_DOWNLOADSINK_ALREADY_SET` if there is a `localPath`.
   *
   * @throws TypeError or RangeError for invalid options.
   * @see https://learn.microsoft.com/windows/win32/api/objidl/nf-objidl-isequentialstream-write
   */
  stream(options?: StreamOptions): Readable {
    const { ranges, signal } = checkOptions('options', options, ['ranges', 'signal']);
    checkSignal('options.signal', signal);
    const checked = checkStart('options.ranges', ranges) ?? [];
    const stream = new DownloadStream(this[target], this.#shared, checked);
    return signal === undefined ? stream : addAbortSignal(signal, stream);
  }

  /**
   * Makes disposal close only this object from now on, so that the download continues in the service.
   *
   * @returns This object.
   */
  detach(): this {
    this.#owned = false;
    return this;
  }

  /**
   * Closes this object, with its listeners. A download that `createDownload` created and that was not
   * detached is finalized if it is transferred, and aborted otherwise.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.removeAllListeners();
    this[target].part();
    try {
      if (this.#owned && this[target].open) await this.#end();
    } finally {
      this.#owned = false;
      this[target].close();
    }
  }

  // The state cannot be read behind a call that hangs: null, since Abort overtakes that call.
  async #stateInTheEnd(): Promise<DownloadStatus['state'] | null> {
    try {
      return statusOf(await this[target].callAtOnce('IDODownload::GetStatus')).state;
    } catch (error) {
      if (error instanceof DosvcError && error.code === 'ERR_DOSVC_CALL_TIMEOUT') return null;
      throw error;
    }
  }

  async #end(): Promise<void> {
    try {
      const state = await this.#stateInTheEnd();
      if (state !== null && isFinal(state)) return;
      const row = state === 'transferred' ? 'IDODownload::Finalize' : 'IDODownload::Abort';
      await this[target].callAtOnce(row);
    } catch (error) {
      if (!(error instanceof DosvcError && hasEnded(error))) throw error;
    }
  }
}

// The download ended with the service, or another caller ended it in between.
function hasEnded({ code, hresult }: DosvcError): boolean {
  return isGone(hresult) || isUnknown(hresult) || invalidState.has(code);
}

const invalidState = new Set(['DO_E_INVALID_STATE', 'BG_E_INVALID_STATE']);
