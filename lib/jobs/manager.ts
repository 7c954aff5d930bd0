// SPDX-License-Identifier: MIT
//
// The entry point of the job API: connects to a service, and creates, gets and lists its jobs.

import { inspect, type InspectOptions } from 'node:util';
import { line } from '../inspection.js';
import type { HandleValue } from '../../typings/binding.js';
import {
  checkBoolean,
  checkGuid,
  checkInteger,
  checkLiteral,
  checkOptions,
  checkString,
  checkUint32,
} from '../arguments.js';
import { callOf, valueOf } from '../remote/calls.js';
import type { ConnectOptions } from '../remote/connection.js';
import { isUnknown } from '../codes.js';
import { failed } from '../errors.js';
import { jobEnumFlag, jobType, type JobType } from '../generated/enums.js';
import { Remote } from '../remote/remote.js';
import { managerInterfaces, methodsOf, type ManagerInterface, type Methods } from './interfaces.js';
import { BackgroundCopyJob } from './job.js';

/** Options of {@link BackgroundCopyManager.enumJobs}. */
export interface EnumJobsOptions {
  /**
   * Whether to list the jobs of all users, which requires administrator privileges. By default, only
   * the current user's jobs are listed.
   */
  allUsers?: boolean | undefined;
}

/** A manager of Delivery Optimization, whose jobs are always downloads. */
export interface DeliveryOptimizationManager extends BackgroundCopyManager {
  createJob(displayName: string, type?: 'download'): Promise<BackgroundCopyJob>;
}

/**
 * The entry point of the job API of Delivery Optimization or BITS.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager
 */
export class BackgroundCopyManager {
  readonly #remote: Remote;

  private constructor(remote: Remote) {
    this.#remote = remote;
  }

  /**
   * Connects to a service. The system starts the service if it is not running.
   *
   * Rejects with `ERR_DOSVC_UNSUPPORTED_PLATFORM`, `ERR_DOSVC_NO_BINARY` or `ERR_DOSVC_LOAD_FAILED` if
   * the native binary cannot be used; with `ERR_DOSVC_SERVICE_MISSING` if the system does not have the
   * service; with `ERR_DOSVC_INTERFACE_MISSING` if the service has no jobs; and with the service's own
   * code if it does not start, such as `ERROR_SERVICE_DISABLED`.
   */
  static connect(
    options?: ConnectOptions & { service?: 'delivery-optimization' | undefined },
  ): Promise<DeliveryOptimizationManager>;
  /** Connects to the service that `options.service` names, with the same errors. */
  static connect(options: ConnectOptions | undefined): Promise<BackgroundCopyManager>;
  static async connect(options?: ConnectOptions): Promise<BackgroundCopyManager> {
    return new BackgroundCopyManager(await Remote.connect('IBackgroundCopyManager', options));
  }

  /**
   * Creates a job. It is suspended and has no files.
   *
   * @param displayName 1 to 256 characters.
   * @param type Delivery Optimization supports only `'download'`, the default.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager-createjob
   */
  async createJob(displayName: string, type: JobType = 'download'): Promise<BackgroundCopyJob> {
    const name = checkString('displayName', displayName, 256);
    const number = checkLiteral('type', type, jobType);
    const [id, job] = await this.#remote.call('IBackgroundCopyManager::CreateJob', name, number);
    return this.#jobOf(job, id);
  }

  /**
   * Gets a job by its id, no matter which process created it.
   *
   * Rejects with `DO_E_JOB_NOT_FOUND` or `BG_E_NOT_FOUND` if the service does not know the job, and
   * with `E_ACCESSDENIED` if it belongs to another user.
   *
   * @param id The job's id, a GUID with or without braces or hyphens.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager-getjob
   */
  async getJob(id: string): Promise<BackgroundCopyJob> {
    const guid = checkGuid('id', id);
    const job = await this.#remote.call('IBackgroundCopyManager::GetJob', guid);
    return this.#jobOf(job, guid);
  }

  /**
   * Lists the jobs of the service. Delivery Optimization does not document this method: keep the ids of
   * its jobs instead.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopymanager-enumjobs
   */
  async enumJobs(options?: EnumJobsOptions): Promise<BackgroundCopyJob[]> {
    const { allUsers = false } = checkOptions('options', options, ['allUsers']);
    const flags = checkBoolean('options.allUsers', allUsers) ? jobEnumFlag['all-users'] : 0;
    const getId = callOf('IBackgroundCopyJob::GetId', []);
    const found = await this.#remote.list('IBackgroundCopyManager::EnumJobs', [flags], [getId]);
    const drop = ({ object }: (typeof found)[number]) => {
      this.#remote.connection.drop(object);
    };
    // A job that the service no longer knows ended between the two calls.
    const failure = found
      .map(({ outcomes: [outcome] }) => outcome)
      .find((outcome) => failed(outcome) && !isUnknown(outcome.hresult));
    if (failure !== undefined) {
      found.forEach(drop);
      throw this.#remote.errorOf(failure, getId.row);
    }
    return found.flatMap((each) => {
      const id = valueOf(each.outcomes[0]);
      if (id !== null) return [this.#jobOf(each.object, id)];
      drop(each);
      return [];
    });
  }

  /**
   * Gets the service's own description of an error code. The errors of this library already have a
   * description: use this for codes from elsewhere. Delivery Optimization does not document this
   * method.
   *
   * @param hresult The HRESULT as a signed or unsigned number.
   * @param languageId A LANGID; the language of the user interface by default.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopymanager-geterrordescription
   */
  async getErrorDescription(hresult: number, languageId?: number): Promise<string | null> {
    const code = checkInteger('hresult', hresult, -(2 ** 31), 2 ** 32 - 1) >>> 0;
    const language = languageId === undefined ? null : checkUint32('languageId', languageId);
    return this.#remote.call('IBackgroundCopyManager::GetErrorDescription', code, language);
  }

  /**
   * Returns the methods of a later interface, which is queried for on first use. They reject with
   * `ERR_DOSVC_INTERFACE_MISSING` if the service lacks the interface.
   *
   * `'IBitsPeerCacheAdministration'` is the peer cache of BITS: its records and peers are objects with the
   * methods of their interfaces. Only administrators can change it. Its size is a percentage of the disk, its
   * age in seconds. From Windows 7 on, BITS has no peer cache any more: it lists nothing, `getRecord()`
   * returns null, and all other calls are answered without doing anything.
   *
   * @param name The interface: `'IBitsPeerCacheAdministration'`.
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nn-bits3_0-ibitspeercacheadministration
   */
  as<I extends ManagerInterface>(name: I): Methods<I> {
    return methodsOf(this.#remote, name, managerInterfaces);
  }

  // After the service stopped, the job is re-fetched by its id.
  #jobOf(job: HandleValue, id: string): BackgroundCopyJob {
    const remote = this.#remote;
    const origin = () => remote.callAtOnce('IBackgroundCopyManager::GetJob', id);
    return new BackgroundCopyJob(new Remote(remote.connection, job, origin), id);
  }

  /** The service that the manager is connected to, for `JSON.stringify()`. */
  toJSON(): { service: string } {
    return { service: this.#remote.connection.service.title };
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return line('BackgroundCopyManager', this.toJSON(), options);
  }

  /**
   * Closes this manager and the job objects that came from it, with their listeners. Calls in progress
   * still settle; later calls reject with `ERR_DOSVC_CLOSED`. The jobs themselves continue in the
   * service.
   */
  close(): Promise<void> {
    this.#remote.connection.close();
    return Promise.resolve();
  }

  /** Does the same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
