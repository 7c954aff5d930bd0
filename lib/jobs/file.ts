// SPDX-License-Identifier: MIT
//
// A file of a job: its names, properties and later interfaces. FileTransfer has the rest.

import { inspect, type InspectOptions } from 'node:util';
import { line } from '../inspection.js';
import type { HandleValue, Kept, Outcome, Outcomes } from '../../typings/binding.js';
import { checkUrl } from '../arguments.js';
import { closedError } from '../errors.js';
import { target } from '../feed/subscribed-events.js';
import { fileInterfaces, methodsOf, type FileInterface, type Methods } from './interfaces.js';
import { callOf } from '../remote/calls.js';
import { binding } from '../remote/loader.js';
import { Remote } from '../remote/remote.js';
import { withoutSecrets } from '../secrets.js';
import { FileTransfer } from './file-transfer.js';
import { fileProperties, type FileProperties } from './properties.js';

/**
 * A file of a job. Its methods reject like those of the job.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile
 */
export class BackgroundCopyFile extends FileTransfer {
  /** The URL that the file had when it was listed or reported. */
  readonly remoteName: string;
  /** The path of the target file. */
  readonly localName: string;

  private constructor(remote: Remote, remoteName: string, localName: string) {
    super(remote);
    this.remoteName = remoteName;
    this.localName = localName;
  }

  /**
   * Lists the files of a job with their names, in one hop. After the service stopped, a file is
   * re-fetched by its path, which no two files of a job share.
   *
   * @internal
   */
  static async list(job: Remote): Promise<BackgroundCopyFile[]> {
    return (await filesOf(job)).map((file) => BackgroundCopyFile.#of(job, file));
  }

  /**
   * The file that a call of the service carried, with a handle of its own. Throws if its names could not
   * be read.
   *
   * @internal
   */
  static brought(job: Remote, brought: Outcome<Kept<typeof fileNames>>): BackgroundCopyFile {
    const { object, outcomes } = job.resultOf(brought, fileNames[0].row);
    const names = namesIn(job, outcomes);
    const handle = binding().share(object.handle);
    if (handle === null) throw closedError(fileNames[0].row);
    return BackgroundCopyFile.#of(job, { object: { handle }, ...names });
  }

  static #of(job: Remote, { object, remoteName, localName }: Listed): BackgroundCopyFile {
    const origin = async () => {
      const files = await filesOf(job);
      const found = files.find((file) => file.localName === localName);
      for (const file of files) if (file !== found) job.connection.drop(file.object);
      if (found === undefined) throw job.errorOf({ hresult: ERROR_NOT_FOUND, value: null }, row);
      return found.object;
    };
    const remote = new Remote(job.connection, object, origin);
    return new BackgroundCopyFile(remote, remoteName, localName);
  }

  /**
   * Gets the URL that the file is downloaded from.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile-getremotename
   */
  async getRemoteName(): Promise<string> {
    return (await this[target].call('IBackgroundCopyFile::GetRemoteName')) ?? '';
  }

  /**
   * Gets the path of the target file.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile-getlocalname
   */
  async getLocalName(): Promise<string> {
    return (await this[target].call('IBackgroundCopyFile::GetLocalName')) ?? '';
  }

  /**
   * Changes the URL that the file is downloaded from. Suspend the job first, and resume it afterwards:
   * only then does the service keep the change. If the file at the new URL differs, or its server does
   * not support ranges, the file is fetched from its beginning again. A file that is transferred stays as
   * it is. For downloads only: rejects with `E_NOTIMPL` for an upload, and with `BG_E_INVALID_STATE` once
   * the job is completed or cancelled.
   *
   * @param url The URL, as the job's `addFile` accepts it.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile2-setremotename-method
   */
  async setRemoteName(url: string | URL): Promise<void> {
    const shares = this[target].connection.service.shares;
    await this[target].call('IBackgroundCopyFile2::SetRemoteName', checkUrl('url', url, shares));
  }

  /**
   * Gets a property by name, from whichever interface has it. Rejects like the job's `getProperty`.
   *
   * @returns The value, or null if the service returns none.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile5-getproperty
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2-getproperty
   */
  getProperty<Name extends keyof FileProperties>(name: Name): Promise<FileProperties[Name] | null> {
    return fileProperties.get(this[target], name);
  }

  /**
   * Sets a property by name, on whichever interface has it. Rejects like the job's `setProperty`.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile5-setproperty
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2-setproperty
   */
  setProperty<Name extends keyof FileProperties>(
    name: Name,
    value: FileProperties[Name],
  ): Promise<void> {
    return fileProperties.set(this[target], name, value);
  }

  /**
   * Returns the methods of a later interface, which is queried for on first use. They reject with
   * `ERR_DOSVC_INTERFACE_MISSING` if the service lacks the interface.
   *
   * @param name The interface, such as `'IBackgroundCopyFile3'`.
   */
  as<I extends FileInterface>(name: I): Methods<I> {
    return methodsOf(this[target], name, fileInterfaces);
  }

  /** The names of the file, for `JSON.stringify()`: the URL without what may be secret. */
  toJSON(): { remoteName: string; localName: string } {
    return { remoteName: withoutSecrets(this.remoteName), localName: this.localName };
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return line('BackgroundCopyFile', this.toJSON(), options);
  }

  /** Closes this object. The file stays in its job. */
  [Symbol.asyncDispose](): Promise<void> {
    this[target].close();
    return Promise.resolve();
  }
}

interface Listed {
  object: HandleValue;
  remoteName: string;
  localName: string;
}

const row = 'IBackgroundCopyJob::EnumFiles';
/** The calls that read the names of a file. */
export const fileNames = [
  callOf('IBackgroundCopyFile::GetRemoteName', []),
  callOf('IBackgroundCopyFile::GetLocalName', []),
] as const;

async function filesOf(job: Remote): Promise<Listed[]> {
  const files = await job.list(row, [], fileNames);
  try {
    return files.map(({ object, outcomes }) => ({ object, ...namesIn(job, outcomes) }));
  } catch (error) {
    for (const { object } of files) job.connection.drop(object);
    throw error;
  }
}

function namesIn(job: Remote, [remoteName, localName]: Outcomes<typeof fileNames>) {
  return {
    remoteName: job.resultOf(remoteName, fileNames[0].row) ?? '',
    localName: job.resultOf(localName, fileNames[1].row) ?? '',
  };
}

const ERROR_NOT_FOUND = 0x80070490;
