// SPDX-License-Identifier: MIT

import type { HandleValue, Outcome } from '../../typings/binding.js';
import { checkUrl } from '../arguments.js';
import { errorOf } from '../errors.js';
import { fileMethods, type FileInterface, type Methods } from '../interfaces.js';
import { rangeOf, type FileRange } from '../ranges.js';
import { callOf, Remote, resultOf } from '../remote.js';
import { fileProperties, type FileProperties } from './properties.js';

/**
 * How far a file is.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/bg-file-progress
 */
export interface FileProgress {
  /** Null while the size is not known. */
  bytesTotal: number | null;
  bytesTransferred: number;
  /** The file stands under its name: the job was completed. */
  completed: boolean;
}

/**
 * A file of a job.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile
 */
export class BackgroundCopyFile {
  /** The address that it came from when it was listed. */
  readonly remoteName: string;
  /** The path that it goes to. */
  readonly localName: string;
  readonly #remote: Remote;

  private constructor(remote: Remote, remoteName: string, localName: string) {
    this.#remote = remote;
    this.remoteName = remoteName;
    this.localName = localName;
  }

  /**
   * The files of a job with their names, in one hop. Where the service went away, one is had again by
   * its path, which no two files of a job share.
   *
   * @internal
   */
  static async list(job: Remote): Promise<BackgroundCopyFile[]> {
    return (await filesOf(job)).map(({ object, remoteName, localName }) => {
      const origin = async () => {
        const files = await filesOf(job);
        const at = files.findIndex((file) => file.localName === localName);
        const [found] = at < 0 ? [] : files.splice(at, 1);
        for (const other of files) job.drop(other.object);
        if (found === undefined) throw noFile(job);
        return found.object;
      };
      const remote = new Remote(job.connection, object, origin);
      return new BackgroundCopyFile(remote, remoteName, localName);
    });
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile-getremotename */
  async getRemoteName(): Promise<string> {
    return (await this.#remote.call('IBackgroundCopyFile::GetRemoteName')) ?? '';
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile-getlocalname */
  async getLocalName(): Promise<string> {
    return (await this.#remote.call('IBackgroundCopyFile::GetLocalName')) ?? '';
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile-getprogress */
  getProgress(): Promise<FileProgress> {
    return this.#remote.call('IBackgroundCopyFile::GetProgress');
  }

  /**
   * The ranges that are transferred; empty for a whole file.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile2-getfileranges-method
   */
  async getFileRanges(): Promise<FileRange[]> {
    return (await this.#remote.call('IBackgroundCopyFile2::GetFileRanges')).map(rangeOf);
  }

  /**
   * Another address for the same file. Suspend the job before and resume it afterwards.
   *
   * @param url As for `addFile`.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile2-setremotename-method
   */
  async setRemoteName(url: string): Promise<void> {
    const shares = this.#remote.connection.service.shares;
    await this.#remote.call('IBackgroundCopyFile2::SetRemoteName', checkUrl('url', url, shares));
  }

  /**
   * A property, by its name, whichever interface has it; null where the service gives nothing. Rejects
   * as the job's `getProperty` does.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile5-getproperty
   */
  getProperty<Name extends keyof FileProperties>(name: Name): Promise<FileProperties[Name] | null> {
    return fileProperties.get(this.#remote, name);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile5-setproperty */
  setProperty<Name extends keyof FileProperties>(
    name: Name,
    value: FileProperties[Name],
  ): Promise<void> {
    return fileProperties.set(this.#remote, name, value);
  }

  /**
   * The methods of a later interface, by name. Where the service lacks it, they reject
   * `ERR_DOSVC_INTERFACE_MISSING`.
   */
  as<I extends FileInterface>(name: I): Methods<I> {
    return fileMethods(this.#remote, name);
  }

  /** Lets go of this object. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#remote.close();
    return Promise.resolve();
  }
}

interface Listed {
  object: HandleValue;
  remoteName: string;
  localName: string;
}

const row = 'IBackgroundCopyJob::EnumFiles';
const names = [
  callOf('IBackgroundCopyFile::GetRemoteName', []),
  callOf('IBackgroundCopyFile::GetLocalName', []),
];

async function filesOf(job: Remote): Promise<Listed[]> {
  const files = await job.list(row, [], names);
  try {
    return files.map(({ object, outcomes }) => {
      const [remoteName = '', localName = ''] = outcomes.map((outcome, at) =>
        nameIn(outcome, job, names[at]?.row ?? row),
      );
      return { object, remoteName, localName };
    });
  } catch (error) {
    for (const { object } of files) job.drop(object);
    throw error;
  }
}

function nameIn(outcome: Outcome, job: Remote, operation: string): string {
  const name = resultOf(outcome, { service: job.connection.service.title, operation });
  return (name as string | null) ?? '';
}

function noFile(job: Remote): Error {
  const outcome = { hresult: ERROR_NOT_FOUND, value: null };
  return errorOf(outcome, { service: job.connection.service.title, operation: row });
}
const ERROR_NOT_FOUND = 0x80070490;
