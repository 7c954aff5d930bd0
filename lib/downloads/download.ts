// SPDX-License-Identifier: MIT

import { addAbortSignal, type Readable } from 'node:stream';
import { checkOptions, checkSignal } from '../arguments.js';
import { DosvcError, isGone } from '../errors.js';
import type { FileRange } from '../ranges.js';
import type { Remote } from '../remote.js';
import type { WaitOptions } from '../watch.js';
import { DownloadEvents } from './download-events.js';
import { DownloadStream, refusal } from './download-stream.js';
import { watchDownload } from './download-watch.js';
import {
  getProperty,
  setProperty,
  type DownloadProperties,
  type SettableDownloadProperties,
} from './properties.js';
import { startRanges, streamRanges } from './ranges.js';
import type { SharedDownload } from './shared-download.js';
import { isFinal, statusOf, type DownloadStatus } from './status.js';

export interface StreamOptions {
  /** Only these bytes; without it, all. */
  ranges?: readonly FileRange[];
  /** Destroys the stream with an AbortError, which aborts the download. */
  signal?: AbortSignal;
}

/**
 * A download of one file, which the service carries out on its own. Calls on one download keep their
 * order; a call that does not fit its state rejects `DO_E_INVALID_STATE`. Only with the property
 * `nonVolatile` does it outlive the service's process: any other is gone then, and calls reject
 * `DO_E_NO_DOWNLOADS`.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idodownload
 */
export class Download extends DownloadEvents {
  /** The download's id, a GUID: `enumDownloads({ id })` finds it again. */
  readonly id: string;
  readonly #remote: Remote;
  readonly #shared: SharedDownload;
  #owned: boolean;

  /** @internal */
  constructor(remote: Remote, shared: SharedDownload, id: string, owned: boolean) {
    super(remote, shared);
    this.#remote = remote;
    this.#shared = shared;
    this.id = id;
    this.#owned = owned;
  }

  /**
   * Starts the transfer, or goes on with it after a pause or a failure; a transferred download may be
   * started again with other ranges.
   *
   * Rejects `DO_E_DOWNLOAD_NO_URI`, `DO_E_LOCALPATH_NOT_SET` or `DO_E_FILE_DOWNLOADSINK_UNSPECIFIED`
   * where a property is missing. What fails later is in the status: `DO_E_INSUFFICIENT_RANGE_SUPPORT`
   * where the server knows no ranges, `BG_E_HTTP_ERROR_404`.
   *
   * @param ranges Bytes that do not overlap. Without them the first start takes the whole file, and a
   * later one goes on; an empty list is the whole file, and null is COM's own: to go on. What another
   * process started meanwhile is not known here: null goes on with that.
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-start
   */
  async start(ranges?: readonly FileRange[] | null): Promise<void> {
    const checked = startRanges('ranges', ranges);
    if (checked !== null && this.#shared.streamed) {
      const { invalidState } = this.#remote.connection.service;
      throw refusal(invalidState, 'It is read as a stream, and takes no other ranges meanwhile.');
    }
    // Only where a call came to an unknown end has the service to be asked first.
    if (ranges === undefined && this.#shared.begun === undefined) await this.getStatus();
    const sent = ranges === undefined && this.#shared.begun !== true ? [] : checked;
    await this.#shared.start(this.#remote, sent);
  }

  /**
   * Holds the transfer until the next {@link start}. Rejects `DO_E_INVALID_STATE` where there is none.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-pause
   */
  async pause(): Promise<void> {
    await this.#remote.call('IDODownload::Pause');
  }

  /**
   * Ends the download and deletes what was transferred.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-abort
   */
  async abort(): Promise<void> {
    await this.#remote.call('IDODownload::Abort');
  }

  /**
   * Ends a transferred download: only now does the file stand under its name. Without it the service
   * keeps what it has for days.
   *
   * Rejects `ERROR_ALREADY_EXISTS` where a file stands there already, and `DO_E_INVALID_STATE` before
   * everything is there.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-finalize
   */
  async finalize(): Promise<void> {
    await this.#remote.call('IDODownload::Finalize');
  }

  /**
   * How far it is, and how it is doing: a download that failed says so here, and rejects nothing.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-getstatus
   */
  async getStatus(): Promise<DownloadStatus> {
    const given = await this.#remote.call('IDODownload::GetStatus');
    this.#shared.saw(given.state);
    return statusOf(given);
  }

  /**
   * A property by its name; null where the service gives nothing. Rejects `E_NOT_SET` of one that was
   * never set, `DO_E_WRITE_ONLY_PROPERTY`, and `DO_E_UNKNOWN_PROPERTY_ID` on a Windows that is too
   * old for it; `downloadProperties` says which build has it first.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-getproperty
   */
  getProperty<Name extends keyof DownloadProperties>(
    name: Name,
  ): Promise<DownloadProperties[Name] | null> {
    return getProperty(this.#remote, name);
  }

  /**
   * Rejects a TypeError or RangeError for a value of another type and for a property that is not set
   * by its value; `DO_E_READ_ONLY_PROPERTY`, `DO_E_UNKNOWN_PROPERTY_ID`, and `DO_E_INVALID_STATE`
   * where it is too late.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-setproperty
   */
  setProperty<Name extends keyof SettableDownloadProperties>(
    name: Name,
    value: SettableDownloadProperties[Name],
  ): Promise<void> {
    return setProperty(this.#remote, name, value);
  }

  /**
   * Resolves when what was asked for is transferred; keeps the process alive until then. A pause is
   * waited through, and so is what the service waits for by itself: network, power, cost.
   *
   * Rejects the download's `DownloadError`; `DO_E_INVALID_STATE` when somebody aborted or finalized
   * it; `DO_E_NO_DOWNLOADS` when it went with the service; `ERR_DOSVC_TIMEOUT`, `ERR_DOSVC_STALLED`,
   * `ERR_DOSVC_CLOSED`; an AbortError. None of them changes the download.
   */
  async wait(options?: WaitOptions): Promise<void> {
    const watch = watchDownload(this.#remote, this.#shared, options);
    while (!(await watch.next()).done);
  }

  /**
   * The status, each time it changed, until the download is transferred; the newest replaces what was
   * not taken yet. Rejects as {@link wait} does; leaving the loop ends the watch.
   */
  watch(options?: WaitOptions): AsyncGenerator<DownloadStatus, void, undefined> {
    return watchDownload(this.#remote, this.#shared, options);
  }

  /**
   * The content as a stream, of a download without a `localPath`. It starts the download with the
   * first read, finalizes it at its end, and aborts it when it is destroyed before: by its reader, and
   * where this object or its manager is closed. Two megabytes of it are in memory at most: a reader
   * that is slow makes the service wait.
   *
   * Its errors are those of {@link start} and {@link wait}, and `DO_E_FILE_DOWNLOADSINK_ALREADY_SET`
   * where there is a `localPath`.
   */
  stream(options?: StreamOptions): Readable {
    const { ranges, signal } = checkOptions('options', options);
    checkSignal('options.signal', signal);
    const checked = streamRanges('options.ranges', ranges);
    const stream = new DownloadStream(this.#remote, this.#shared, checked);
    return signal === undefined ? stream : addAbortSignal(signal, stream);
  }

  /** Disposing lets go of this object alone from now on: the download goes on in the service. */
  detach(): this {
    this.#owned = false;
    return this;
  }

  /**
   * Lets go of this object and its listeners. A download that `createDownload` made and that was not
   * detached is finalized where it is transferred, and aborted otherwise.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.removeAllListeners();
    this.#remote.part();
    try {
      if (this.#owned && this.#remote.open) await this.#end();
    } finally {
      this.#owned = false;
      this.#remote.close();
    }
  }

  // Behind a call that hangs it is not to be had; Abort overtakes that.
  async #stateInTheEnd(): Promise<DownloadStatus['state'] | null> {
    try {
      return statusOf(await this.#remote.callAtOnce('IDODownload::GetStatus')).state;
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
      await this.#remote.callAtOnce(row);
    } catch (error) {
      if (!(error instanceof DosvcError && hasEnded(error))) throw error;
    }
  }
}

// It went with the service, or somebody else ended it in between.
function hasEnded({ code, hresult }: DosvcError): boolean {
  return isGone(hresult) || code === 'DO_E_NO_DOWNLOADS' || code === 'DO_E_INVALID_STATE';
}
