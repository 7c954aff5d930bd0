// SPDX-License-Identifier: MIT

import { checkGuid, checkLiteral, checkString } from '../arguments.js';
import { Connection, type ConnectOptions, type Remote } from '../connection.js';
import { jobType, type JobType } from '../generated/enums.js';
import { BackgroundCopyJob } from './job.js';

/**
 * The job API's front door: Delivery Optimization's, or BITS'.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager
 */
export class BackgroundCopyManager {
  readonly #remote: Remote;

  private constructor(remote: Remote) {
    this.#remote = remote;
  }

  /**
   * Connects to a service, which the system starts if it is not running.
   *
   * Rejects `ERR_DOSVC_UNSUPPORTED_PLATFORM`, `ERR_DOSVC_NO_BINARY` or `ERR_DOSVC_LOAD_FAILED` where
   * the binary cannot be used, `ERR_DOSVC_SERVICE_MISSING` where the system has no such service, and
   * the service's own code where it does not start (`ERROR_SERVICE_DISABLED`).
   */
  static async connect(options?: ConnectOptions): Promise<BackgroundCopyManager> {
    return new BackgroundCopyManager(await Connection.open('IBackgroundCopyManager', options));
  }

  /**
   * Makes a job, suspended and without files.
   *
   * @param displayName 1 to 256 characters.
   * @param type Delivery Optimization knows `'download'` only.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager-createjob
   */
  async createJob(displayName: string, type: JobType = 'download'): Promise<BackgroundCopyJob> {
    const name = checkString('displayName', displayName, 256);
    const number = checkLiteral('type', type, jobType);
    const { value } = await this.#remote.call('IBackgroundCopyManager::CreateJob', name, number);
    const [id, job] = value as [string, { handle: number }];
    return new BackgroundCopyJob(this.#remote.connection.adopt(job), id);
  }

  /**
   * A job by its id, whichever process made it.
   *
   * Rejects `DO_E_JOB_NOT_FOUND` or `BG_E_NOT_FOUND` for an unknown job, and `E_ACCESSDENIED` for
   * somebody else's.
   *
   * @param id A GUID, in any usual spelling.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager-getjob
   */
  async getJob(id: string): Promise<BackgroundCopyJob> {
    const guid = checkGuid('id', id);
    const { value } = await this.#remote.call('IBackgroundCopyManager::GetJob', guid);
    return new BackgroundCopyJob(this.#remote.connection.adopt(value), guid);
  }

  /**
   * Lets go of the service, of this manager's jobs and their subscriptions. Calls that are running
   * settle; later ones reject `ERR_DOSVC_CLOSED`. The jobs themselves go on in the service.
   */
  close(): Promise<void> {
    this.#remote.connection.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
