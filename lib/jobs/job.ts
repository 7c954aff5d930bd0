// SPDX-License-Identifier: MIT

import {
  checkInteger,
  checkList,
  checkOptions,
  checkPath,
  checkString,
  checkUrl,
  fault,
} from '../arguments.js';
import { DosvcError, nameOf } from '../errors.js';
import {
  jobState,
  jobType,
  literalOf,
  type JobState,
  type JobType,
  type Open,
} from '../generated/enums.js';
import { jobMethods, type JobInterface, type Methods } from '../interfaces.js';
import { checkRanges, type FileRange } from '../ranges.js';
import type { Remote } from '../remote.js';
import type { WaitOptions } from '../watch.js';
import { BackgroundCopyFile } from './file.js';
import { readJobError, type JobError } from './job-error.js';
import { JobSettings } from './job-settings.js';
import { watchJob } from './job-watch.js';
import {
  NotifyInterfaces,
  type ForeignInterface,
  type NotifyInterface,
} from './notify-interface.js';
import type { JobProgress } from './progress.js';
import { jobProperties, type JobProperties } from './properties.js';
import { takeSnapshot, timesOf, type JobSnapshot, type JobTimes } from './snapshot.js';

/** How a call that has more than one way to succeed succeeded. */
export interface Success {
  /** `'S_OK'`, or the name of another success code. */
  code: string;
  hresult: number;
}

export interface AddFileOptions {
  /**
   * Delivery Optimization's name for the content: the id of published content, or any string that
   * is unique in the job, which is what it gets without one. BITS has none; there it is ignored.
   */
  fileId?: string;
  /** Only these bytes of the file; without it, all. */
  ranges?: FileRange[];
  /** The size of the file in bytes, where it is known. BITS finds it out; there it is ignored. */
  size?: number;
}

export interface FileInfo {
  /** The address to download from. */
  remoteName: string;
  /** The absolute path that the file goes to. */
  localName: string;
}

// No documented limit: that of a URL, which an id often is.
const longestFileId = 2200;

/**
 * A job: files to transfer, which the service carries out on its own, whether this process lives
 * or not. Calls on one job keep their order. Where a service does not implement a method, it rejects
 * `E_NOTIMPL`; in a final state, `DO_E_INVALID_STATE` or `BG_E_INVALID_STATE`.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob
 */
export class BackgroundCopyJob extends JobSettings {
  /** The job's GUID: with it every process finds the job again. */
  readonly id: string;
  readonly #remote: Remote;

  /** @internal */
  constructor(remote: Remote, id: string) {
    super(remote, id);
    this.#remote = remote;
    this.id = id;
  }

  /**
   * Adds a file.
   *
   * @param url http or https, up to 2,200 characters, sent as given; on BITS also
   * `\\server\share\file`.
   * @param path The absolute path that the file goes to. It stands there after {@link complete}.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob-addfilewithranges
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-addfile
   */
  async addFile(url: string, path: string, options?: AddFileOptions): Promise<void> {
    const { fileId, ranges, size } = checkOptions('options', options);
    const { shares, addsById } = this.#remote.connection.service;
    const remoteName = checkUrl('url', url, shares);
    const localName = checkPath('path', path);
    if (fileId !== undefined) checkString('options.fileId', fileId, longestFileId);
    if (size !== undefined) checkInteger('options.size', size, 0, Number.MAX_SAFE_INTEGER);
    const checked = ranges === undefined ? [] : checkRanges('options.ranges', ranges);
    if (addsById !== false) {
      const row = 'IDeliveryOptimizationJob::AddFileWithRanges';
      const id = fileId ?? crypto.randomUUID();
      try {
        await this.#remote.call(row, id, remoteName, localName, checked, size ?? null);
        return;
      } catch (error) {
        const lacks = error instanceof DosvcError && error.code === 'ERR_DOSVC_INTERFACE_MISSING';
        if (addsById !== 'ask' || !lacks) throw error;
      }
    }
    if (ranges === undefined) {
      await this.#remote.call('IBackgroundCopyJob::AddFile', remoteName, localName);
    } else {
      const row = 'IBackgroundCopyJob3::AddFileWithRanges';
      await this.#remote.call(row, remoteName, localName, checked);
    }
  }

  /**
   * Adds several files in one call.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-addfileset
   */
  async addFileSet(files: readonly FileInfo[]): Promise<void> {
    const { shares } = this.#remote.connection.service;
    const set = checkList('files', files, '{ remoteName, localName }').map((file, at) => {
      const name = `files[${String(at)}]`;
      if (typeof file !== 'object' || file === null) {
        throw fault('ERR_INVALID_ARG_TYPE', name, 'an object { remoteName, localName }', file);
      }
      const { remoteName, localName } = file as Partial<FileInfo>;
      return {
        remoteName: checkUrl(`${name}.remoteName`, remoteName, shares),
        localName: checkPath(`${name}.localName`, localName),
      };
    });
    await this.#remote.call('IBackgroundCopyJob::AddFileSet', set);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-enumfiles */
  enumFiles(): Promise<BackgroundCopyFile[]> {
    return BackgroundCopyFile.list(this.#remote);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-suspend */
  async suspend(): Promise<void> {
    await this.#remote.call('IBackgroundCopyJob::Suspend');
  }

  /**
   * Starts the transfer, or goes on with it. Rejects `DO_E_JOB_EMPTY` or `BG_E_EMPTY` without files.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-resume
   */
  async resume(): Promise<void> {
    await this.#remote.call('IBackgroundCopyJob::Resume');
  }

  /**
   * Ends the job and deletes what was transferred.
   *
   * @returns `'S_OK'`, or `'BG_S_UNABLE_TO_DELETE_FILES'`.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-cancel
   */
  cancel(): Promise<Success> {
    return this.#succeed('IBackgroundCopyJob::Cancel');
  }

  /**
   * Ends the job and gives the files their names. Before the job is transferred, only the files
   * that are whole are kept.
   *
   * @returns `'S_OK'`, or `'BG_S_PARTIAL_COMPLETE'`.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-complete
   */
  complete(): Promise<Success> {
    return this.#succeed('IBackgroundCopyJob::Complete');
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getid */
  getId(): Promise<string> {
    return this.#remote.call('IBackgroundCopyJob::GetId');
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-gettype */
  async getType(): Promise<Open<JobType>> {
    return literalOf(jobType, await this.#remote.call('IBackgroundCopyJob::GetType'));
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getprogress */
  getProgress(): Promise<JobProgress> {
    return this.#remote.call('IBackgroundCopyJob::GetProgress');
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-gettimes */
  async getTimes(): Promise<JobTimes> {
    return timesOf(await this.#remote.call('IBackgroundCopyJob::GetTimes'));
  }

  /**
   * @returns the state's name, or the number of one that this version does not know.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getstate
   */
  async getState(): Promise<Open<JobState>> {
    return literalOf(jobState, await this.#remote.call('IBackgroundCopyJob::GetState'));
  }

  /**
   * Why the job is in the state `'error'` or `'transient-error'`. In another state it rejects
   * `DO_E_ERROR_INFORMATION_UNAVAILABLE` or `BG_E_ERROR_INFORMATION_UNAVAILABLE`.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-geterror
   */
  getError(): Promise<JobError> {
    return readJobError(this.#remote);
  }

  /** @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-geterrorcount */
  getErrorCount(): Promise<number> {
    return this.#remote.call('IBackgroundCopyJob::GetErrorCount');
  }

  /**
   * @returns the owner's security identifier, `'S-1-5-…'`.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getowner
   */
  getOwner(): Promise<string | null> {
    return this.#remote.call('IBackgroundCopyJob::GetOwner');
  }

  /** @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-takeownership */
  async takeOwnership(): Promise<void> {
    await this.#remote.call('IBackgroundCopyJob::TakeOwnership');
  }

  /**
   * Hands functions to the service as an IBackgroundCopyCallback. Listeners and these functions
   * share one callback object: they do not displace one another. The service has had its S_OK
   * before a function runs, so what one throws is an uncaught exception. A service keeps one
   * interface for a job: the last that was set, by whichever process.
   *
   * @param callback null takes the functions back; listeners stay.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnotifyinterface
   */
  setNotifyInterface(callback: NotifyInterface | null): Promise<void> {
    return NotifyInterfaces.of(this.id).set(this.#remote, this, callback);
  }

  /**
   * @returns the same object that was set, null where there is none (or listeners alone), or
   * `{ foreign: true }` for another process's.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getnotifyinterface
   */
  getNotifyInterface(): Promise<NotifyInterface | ForeignInterface | null> {
    return NotifyInterfaces.of(this.id).get(this.#remote);
  }

  /**
   * Everything that is usually shown of a job, in one hop to the service. What the service does not
   * implement is null.
   */
  snapshot(): Promise<JobSnapshot> {
    return takeSnapshot(this.#remote, this.id);
  }

  /**
   * Resolves when every file is transferred; keeps the process alive until then. Transient errors
   * are waited through.
   *
   * Rejects the job's `JobError`; `DO_E_INVALID_STATE` or `BG_E_INVALID_STATE` when somebody cancelled
   * or completed it; `ERR_DOSVC_TIMEOUT`, `ERR_DOSVC_STALLED`, `ERR_DOSVC_CLOSED`; an AbortError.
   * None of them changes the job.
   */
  async wait(options?: WaitOptions): Promise<void> {
    const watch = watchJob(this.#remote, this.id, options);
    while (!(await watch.next()).done);
  }

  /**
   * The progress, each time it changed, until every file is transferred. Rejects as {@link wait}
   * does; leaving the loop ends the watch.
   */
  watch(options?: WaitOptions): AsyncGenerator<JobProgress, void, undefined> {
    return watchJob(this.#remote, this.id, options);
  }

  /**
   * A property, by its name, whichever interface has it; null where the service gives nothing. Rejects
   * `ERR_DOSVC_INTERFACE_MISSING` where the service lacks that interface, and the service's own code
   * where it lacks the property; Delivery Optimization says `E_NOT_SET` of one that was never set.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob5-getproperty
   */
  getProperty<Name extends keyof JobProperties>(name: Name): Promise<JobProperties[Name] | null> {
    return jobProperties.get(this.#remote, name);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob5-setproperty */
  setProperty<Name extends keyof JobProperties>(
    name: Name,
    value: JobProperties[Name],
  ): Promise<void> {
    return jobProperties.set(this.#remote, name, value);
  }

  /**
   * The methods of a later interface, by name. Where the service lacks it, they reject
   * `ERR_DOSVC_INTERFACE_MISSING`.
   */
  as<I extends JobInterface>(name: I): Methods<I> {
    return jobMethods(this.#remote, name);
  }

  /** Lets go of this object and its listeners. The job goes on in the service. */
  [Symbol.asyncDispose](): Promise<void> {
    this.removeAllListeners();
    this.#remote.close();
    return Promise.resolve();
  }

  async #succeed(row: 'IBackgroundCopyJob::Cancel' | 'IBackgroundCopyJob::Complete') {
    const { hresult } = await this.#remote.outcome(row);
    return { code: nameOf(hresult), hresult };
  }
}
