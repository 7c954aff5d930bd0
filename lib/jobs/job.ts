// SPDX-License-Identifier: MIT
//
// A job of the public API: the methods of IBackgroundCopyJob that act on a job, waiting, properties and
// the later interfaces by name. The classes that it extends have the rest, one concept each.

import {
  checkInteger,
  checkList,
  checkObject,
  checkOptions,
  checkSecret,
  checkUrl,
} from '../arguments.js';
import { nameOf } from '../codes.js';
import { DosvcError } from '../errors.js';
import { jobInterfaces, methodsOf, type JobInterface, type Methods } from './interfaces.js';
import { checkPath, longestLocalName } from '../paths.js';
import { checkRanges, jobRange, type FileRange } from '../ranges.js';
import { target } from '../feed/subscribed-events.js';
import type { WaitOptions } from '../feed/watch.js';
import { BackgroundCopyFile } from './file.js';
import { shared, warnOnce } from './job-events.js';
import { JobHttpOptions } from './job-http-options.js';
import { watchJob } from './job-watch.js';
import type { ForeignInterface, NotifyFunctions } from './notify-interface.js';
import type { JobProgress } from './progress.js';
import { jobProperties, type JobProperties } from './properties.js';

/** The success code of a call that can succeed in more than one way. */
export interface Success {
  /** `'S_OK'`, or the name of another success code, such as `'BG_S_PARTIAL_COMPLETE'`. */
  code: string;
  /** The HRESULT as an unsigned number. */
  hresult: number;
}

/** Options of {@link BackgroundCopyJob.addFile}. */
export interface AddFileOptions {
  /**
   * The id by which Delivery Optimization identifies the content, 1 to 2,200 characters: the id of
   * published content, or any string that is unique in the job. A random GUID by default. Ignored for
   * BITS, which has no such id.
   */
  fileId?: string | undefined;
  /** The ranges of the file to download; the whole file by default. */
  ranges?: readonly FileRange[] | undefined;
  /**
   * The size of the file in bytes, if known. If another size was transferred, `wait()` and `watch()` in
   * this process reject with `ERR_DOSVC_SIZE_MISMATCH`. Ignored for BITS, which determines the size
   * itself.
   */
  size?: number | undefined;
}

/** A file for {@link BackgroundCopyJob.addFileSet}. */
export interface FileInfo {
  /** The URL to download from. */
  remoteName: string | URL;
  /** The absolute path of the target file. */
  localName: string;
}

// The services document no limit. An id is often a URL, so the limit of a URL applies.
const longestFileId = 2200;

/** Functions for {@link BackgroundCopyJob.setNotifyInterface}. */
export type NotifyInterface = NotifyFunctions<BackgroundCopyJob>;

/**
 * A job: a set of files that the service transfers on its own, whether or not this process still runs.
 * Its events are those of `JobEventMap`. Calls on one job keep their order.
 *
 * Methods reject with a TypeError or RangeError for an invalid argument, with `E_NOTIMPL` if the
 * service does not implement them, with `DO_E_INVALID_STATE` or `BG_E_INVALID_STATE` if the job's final
 * state does not allow the call, with `ERR_DOSVC_CALL_TIMEOUT` if the service does not answer in time,
 * and with `ERR_DOSVC_CLOSED` once this object or its manager is closed.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob
 */
export class BackgroundCopyJob extends JobHttpOptions {
  /**
   * Adds a file to the job.
   *
   * @param url The http or https URL to download from, up to 2,200 characters, sent unchanged; on BITS
   * also `\\server\share\file`.
   * @param path The absolute path of the target file, up to 259 characters. The file appears there after
   * {@link complete}. A name that Windows takes for something else, such as `NUL`, is refused.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob-addfilewithranges
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-addfile
   * @see https://learn.microsoft.com/windows/win32/api/bits2_0/nf-bits2_0-ibackgroundcopyjob3-addfilewithranges
   */
  async addFile(url: string | URL, path: string, options?: AddFileOptions): Promise<void> {
    const names = ['fileId', 'ranges', 'size'] as const;
    const { fileId, ranges, size } = checkOptions('options', options, names);
    const { shares, addsById } = this[target].connection.service;
    const remoteName = checkUrl('url', url, shares);
    const localName = checkPath('path', path, longestLocalName);
    if (fileId !== undefined) checkSecret('options.fileId', fileId, longestFileId, 1);
    if (size !== undefined) checkInteger('options.size', size, 0, Number.MAX_SAFE_INTEGER);
    const checked =
      ranges === undefined ? undefined : checkRanges('options.ranges', ranges).map(jobRange);
    if (addsById !== false) {
      const row = 'IDeliveryOptimizationJob::AddFileWithRanges';
      const id = fileId ?? crypto.randomUUID();
      try {
        await this[target].call(row, id, remoteName, localName, checked ?? [], size ?? null);
        if (size !== undefined && checked === undefined) this[shared].sizes.add(localName, size);
        return;
      } catch (error) {
        const lacks = error instanceof DosvcError && error.code === 'ERR_DOSVC_INTERFACE_MISSING';
        if (addsById !== 'ask' || !lacks) throw error;
      }
    }
    if (checked === undefined) {
      await this[target].call('IBackgroundCopyJob::AddFile', remoteName, localName);
    } else {
      const row = 'IBackgroundCopyJob3::AddFileWithRanges';
      await this[target].call(row, remoteName, localName, checked);
    }
  }

  /**
   * Adds several files to the job in one call.
   *
   * @param files At least one file.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-addfileset
   */
  async addFileSet(files: readonly FileInfo[]): Promise<void> {
    const { shares } = this[target].connection.service;
    const set = checkList('files', files, '{ remoteName, localName }').map((file, at) => {
      const name = `files[${String(at)}]`;
      const expected = 'an object { remoteName, localName }';
      const { remoteName, localName } = checkObject<FileInfo>(name, file, expected);
      return {
        remoteName: checkUrl(`${name}.remoteName`, remoteName, shares),
        localName: checkPath(`${name}.localName`, localName, longestLocalName),
      };
    });
    await this[target].call('IBackgroundCopyJob::AddFileSet', set);
  }

  /**
   * Lists the files of the job.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-enumfiles
   */
  enumFiles(): Promise<BackgroundCopyFile[]> {
    return BackgroundCopyFile.list(this[target]);
  }

  /**
   * Suspends the transfer until the next {@link resume}.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-suspend
   */
  async suspend(): Promise<void> {
    await this[target].call('IBackgroundCopyJob::Suspend');
  }

  /**
   * Starts or resumes the transfer. Rejects with `DO_E_JOB_EMPTY` or `BG_E_EMPTY` if the job has no
   * files.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-resume
   */
  async resume(): Promise<void> {
    await this[shared].resume(this[target]);
  }

  /**
   * Cancels the job and deletes the data transferred so far.
   *
   * @returns `'S_OK'`, or `'BG_S_UNABLE_TO_DELETE_FILES'` if temporary files remain.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-cancel
   */
  cancel(): Promise<Success> {
    return this.#succeed('IBackgroundCopyJob::Cancel');
  }

  /**
   * Completes the job: the files get their final names. If the job is not transferred yet, only the
   * complete files are kept.
   *
   * @returns `'S_OK'`, or `'BG_S_PARTIAL_COMPLETE'` if incomplete files were dropped.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-complete
   */
  complete(): Promise<Success> {
    return this.#succeed('IBackgroundCopyJob::Complete');
  }

  /**
   * Makes the current user the owner of the job. Requires administrator privileges.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-takeownership
   */
  async takeOwnership(): Promise<void> {
    await this[target].call('IBackgroundCopyJob::TakeOwnership');
  }

  /**
   * Sets functions as the job's notify interface, an IBackgroundCopyCallback. They share one callback
   * object with the job's listeners, so neither replaces the other. The service has received S_OK
   * before a function runs, so an error that a function throws is an uncaught exception. A service
   * keeps one notify interface per job: the last one that any process set.
   *
   * @param callback The functions, or null to remove them or the notify interface of another process.
   * Listeners stay.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnotifyinterface
   */
  setNotifyInterface(callback: NotifyInterface | null): Promise<void> {
    return this[shared].notify.set(this[target], this, callback, (error) => {
      this[warnOnce](error);
    });
  }

  /**
   * Gets the job's notify interface.
   *
   * @returns The object that was set; null if there is none, or if only listeners use the callback
   * object; or `{ foreign: true }` if another process set the notify interface.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getnotifyinterface
   */
  getNotifyInterface(): Promise<NotifyInterface | ForeignInterface | null> {
    return this[shared].notify.get(this[target]);
  }

  /**
   * Waits until every file is transferred, and keeps the process alive until then. Transient errors do
   * not end the wait.
   *
   * Rejects with the job's `JobError`; with `DO_E_INVALID_STATE` or `BG_E_INVALID_STATE` if the
   * job is cancelled or completed; with `ERR_DOSVC_SIZE_MISMATCH` if a file has another size than the
   * one given to `addFile()`; with `ERR_DOSVC_TIMEOUT`, `ERR_DOSVC_STALLED` or `ERR_DOSVC_CLOSED`; with
   * an AbortError; or with the error of reading the job. None of these changes the job.
   */
  async wait(options?: WaitOptions): Promise<void> {
    const watch = watchJob(this[target], this[shared], options);
    while (!(await watch.next()).done);
  }

  /**
   * Iterates over the job's progress, each time that it changes, until every file is transferred. A
   * newer value replaces one that was not consumed yet. Rejects like {@link wait}. Leaving the loop
   * ends the watch.
   */
  watch(options?: WaitOptions): AsyncGenerator<JobProgress, void, undefined> {
    return watchJob(this[target], this[shared], options);
  }

  /**
   * Gets a property by name, from whichever interface has it. Rejects with
   * `ERR_DOSVC_INTERFACE_MISSING` if the service lacks that interface, and with
   * `DO_E_UNKNOWN_PROPERTY_ID` or `BG_E_UNKNOWN_PROPERTY_ID` if it lacks the property; the message then
   * names the first Windows build that has it. Delivery Optimization rejects with `E_NOT_SET` if the
   * property was never set.
   *
   * @returns The value, or null if the service returns none.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob5-getproperty
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob2-getproperty
   */
  getProperty<Name extends keyof JobProperties>(name: Name): Promise<JobProperties[Name] | null> {
    return jobProperties.get(this[target], name);
  }

  /**
   * Sets a property by name, on whichever interface has it. Rejects like {@link getProperty} if the
   * service lacks the property, and with the service's own code if it refuses the value.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob5-setproperty
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob2-setproperty
   */
  setProperty<Name extends keyof JobProperties>(
    name: Name,
    value: JobProperties[Name],
  ): Promise<void> {
    return jobProperties.set(this[target], name, value);
  }

  /**
   * Returns the methods of a later interface, which is queried for on first use. They reject with
   * `ERR_DOSVC_INTERFACE_MISSING` if the service lacks the interface.
   *
   * @param name The interface, such as `'IBackgroundCopyJob3'`.
   */
  as<I extends JobInterface>(name: I): Methods<I> {
    return methodsOf(this[target], name, jobInterfaces);
  }

  /** Closes this object, with its listeners. The job itself continues in the service. */
  [Symbol.asyncDispose](): Promise<void> {
    this.removeAllListeners();
    this[target].close();
    return Promise.resolve();
  }

  async #succeed(row: 'IBackgroundCopyJob::Cancel' | 'IBackgroundCopyJob::Complete') {
    const { hresult } = await this[target].outcome(row);
    return { code: nameOf(hresult), hresult };
  }
}
