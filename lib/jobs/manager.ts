// SPDX-License-Identifier: MIT

import type { HandleValue, Outcome } from '../../typings/binding.js';
import {
  checkBoolean,
  checkGuid,
  checkInteger,
  checkLiteral,
  checkOptions,
  checkString,
  checkUint32,
} from '../arguments.js';
import { Connection, type ConnectOptions } from '../connection.js';
import { errorOf, isUnknown } from '../errors.js';
import { jobEnumFlag, jobType, type JobType } from '../generated/enums.js';
import { callOf, Remote, valueOf } from '../remote.js';
import { BackgroundCopyJob } from './job.js';

export interface EnumJobsOptions {
  /** Every user's jobs, for an administrator; without it, one's own. */
  allUsers?: boolean;
}

/** Delivery Optimization's manager: its jobs are downloads. */
export interface DeliveryOptimizationManager extends BackgroundCopyManager {
  createJob(displayName: string, type?: 'download'): Promise<BackgroundCopyJob>;
}

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
  static connect(
    options?: ConnectOptions & { service?: 'delivery-optimization' },
  ): Promise<DeliveryOptimizationManager>;
  static connect(options: ConnectOptions): Promise<BackgroundCopyManager>;
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
    const [id, job] = await this.#remote.call('IBackgroundCopyManager::CreateJob', name, number);
    return this.#jobOf(job, id);
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
    const job = await this.#remote.call('IBackgroundCopyManager::GetJob', guid);
    return this.#jobOf(job, guid);
  }

  /**
   * The jobs that the service has. Delivery Optimization does not document it: keep the ids of your
   * jobs there.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopymanager-enumjobs
   */
  async enumJobs(options?: EnumJobsOptions): Promise<BackgroundCopyJob[]> {
    const { allUsers = false } = checkOptions('options', options);
    const flags = checkBoolean('options.allUsers', allUsers) ? jobEnumFlag['all-users'] : 0;
    const getId = callOf('IBackgroundCopyJob::GetId', []);
    const found = await this.#remote.list('IBackgroundCopyManager::EnumJobs', [flags], [getId]);
    const jobs: BackgroundCopyJob[] = [];
    let failure: Outcome | undefined;
    for (const { object, outcomes } of found) {
      const [outcome] = outcomes;
      const id = valueOf('IBackgroundCopyJob::GetId', outcome);
      if (id !== null) {
        jobs.push(this.#jobOf(object, id));
        continue;
      }
      this.#remote.drop(object);
      // One that the service does not know any more ended between two calls.
      if (outcome !== undefined && !isUnknown(outcome.hresult)) failure ??= outcome;
    }
    if (failure === undefined) return jobs;
    for (const job of jobs) await job[Symbol.asyncDispose]();
    const service = this.#remote.connection.service.title;
    throw errorOf(failure, { service, operation: 'IBackgroundCopyJob::GetId' });
  }

  /**
   * The service's own text for an error code. Errors have their texts already: this is for codes
   * from elsewhere. Delivery Optimization does not document it.
   *
   * @param hresult Unsigned or signed.
   * @param languageId A LANGID; without it, the language of the user interface.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopymanager-geterrordescription
   */
  async getErrorDescription(hresult: number, languageId?: number): Promise<string | null> {
    const code = checkInteger('hresult', hresult, -(2 ** 31), 2 ** 32 - 1) >>> 0;
    const language = languageId === undefined ? null : checkUint32('languageId', languageId);
    return this.#remote.call('IBackgroundCopyManager::GetErrorDescription', code, language);
  }

  // Where the service went away, the job is had again by its id.
  #jobOf(job: HandleValue, id: string): BackgroundCopyJob {
    const remote = this.#remote;
    const origin = () => remote.callAtOnce('IBackgroundCopyManager::GetJob', id);
    return new BackgroundCopyJob(new Remote(remote.connection, job, origin).unite(id), id);
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
