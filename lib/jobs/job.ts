// SPDX-License-Identifier: MIT

import { checkPath, checkUrl } from '../arguments.js';
import type { Remote } from '../connection.js';
import { nameOf } from '../errors.js';
import { jobState, literalOf, type JobState, type Open } from '../generated/enums.js';
import { JobEvents } from './job-events.js';
import type { JobProgress } from './progress.js';

/** How a call that has more than one way to succeed succeeded. */
export interface Success {
  /** `'S_OK'`, or the name of another success code. */
  code: string;
  hresult: number;
}

/**
 * A job: files to transfer, which the service carries out on its own, whether this process lives
 * or not. Calls on one job keep their order.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob
 */
export class BackgroundCopyJob extends JobEvents {
  /** The job's GUID: with it every process finds the job again. */
  readonly id: string;
  readonly #remote: Remote;

  /** @internal */
  constructor(remote: Remote, id: string) {
    super(remote);
    this.#remote = remote;
    this.id = id;
  }

  /**
   * Adds a file.
   *
   * @param url http or https; on BITS also `\\server\share\file`.
   * @param path Where the file goes: an absolute path. It stands there after {@link complete}.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-addfile
   */
  async addFile(url: string, path: string): Promise<void> {
    const shares = this.#remote.connection.service.name !== 'delivery-optimization';
    const remoteName = checkUrl('url', url, shares);
    const localName = checkPath('path', path);
    await this.#remote.call('IBackgroundCopyJob::AddFile', remoteName, localName);
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
  async cancel(): Promise<Success> {
    return this.#succeed('IBackgroundCopyJob::Cancel');
  }

  /**
   * Ends the job and gives the files their names. Before the job is transferred, only the files
   * that are whole are kept.
   *
   * @returns `'S_OK'`, or `'BG_S_PARTIAL_COMPLETE'`.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-complete
   */
  async complete(): Promise<Success> {
    return this.#succeed('IBackgroundCopyJob::Complete');
  }

  /**
   * @returns the state's name, or the number of one that this version does not know.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getstate
   */
  async getState(): Promise<Open<JobState>> {
    const { value } = await this.#remote.call('IBackgroundCopyJob::GetState');
    return literalOf(jobState, value as number);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getprogress */
  async getProgress(): Promise<JobProgress> {
    const { value } = await this.#remote.call('IBackgroundCopyJob::GetProgress');
    return value as unknown as JobProgress;
  }

  /** Lets go of this object. The job goes on in the service. */
  [Symbol.asyncDispose](): Promise<void> {
    this.removeAllListeners();
    this.#remote.close();
    return Promise.resolve();
  }

  async #succeed(row: string): Promise<Success> {
    const { hresult } = await this.#remote.call(row);
    return { code: nameOf(hresult), hresult };
  }
}
