// SPDX-License-Identifier: MIT
//
// The notify interface of a job. COM keeps one per job: the last one set. The functions that a caller
// sets share our callback object with the listeners, so this file records which functions are set, and
// whether the flags were set by hand.

import type { RowResult } from '../../typings/binding.js';
import { checkFunctions } from '../arguments.js';
import { isGone } from '../codes.js';
import { failed, type DosvcError } from '../errors.js';
import type { Feed } from '../feed/feed.js';
import { notifyFlag } from '../generated/enums.js';
import { callOf } from '../remote/calls.js';
import type { FileRange } from '../ranges.js';
import type { Connection } from '../remote/connection.js';
import type { Remote } from '../remote/remote.js';
import type { BackgroundCopyFile } from './file.js';
import type { FileReports } from './file-reports.js';
import type { JobError } from './job-error.js';
import { getState, isOver, JobNews, type JobLook } from './job-look.js';
import type { JobSink } from './job-sink.js';

/**
 * The functions of an IBackgroundCopyCallback and its successors, at least one of them. `jobTransferred`
 * and `jobError` are called once for each time that the job enters the state, however often the service
 * calls; those about files, for each call of the service.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback
 */
export interface NotifyFunctions<Job> {
  /**
   * Every file of the job is transferred.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-jobtransferred
   */
  jobTransferred?(job: Job): void;
  /**
   * The job entered the state `'error'`.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-joberror
   */
  jobError?(job: Job, error: JobError): void;
  /**
   * The service reports that something about the job changed.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-jobmodification
   */
  jobModification?(job: Job): void;
  /**
   * A file is transferred: see the event `'file-transferred'`.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopycallback2-filetransferred
   */
  fileTransferred?(job: Job, file: BackgroundCopyFile): void;
  /**
   * Ranges of a file are transferred: see the event `'file-ranges-transferred'`.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits10_1/nf-bits10_1-ibackgroundcopycallback3-filerangestransferred
   */
  fileRangesTransferred?(job: Job, file: BackgroundCopyFile, ranges: FileRange[]): void;
}

/** A notify interface that was set outside this JavaScript environment, usually by another process. */
export interface ForeignInterface {
  /** Sets it apart from the functions of a {@link NotifyInterface}. */
  foreign: true;
}

const getNotifyInterface = 'IBackgroundCopyJob::GetNotifyInterface';

const functions = {
  jobTransferred: notifyFlag['job-transferred'],
  jobError: notifyFlag['job-error'],
  jobModification: notifyFlag['job-modification'],
  fileTransferred: notifyFlag['file-transferred'],
  fileRangesTransferred: notifyFlag['file-ranges-transferred'],
} as const;

/** What the objects of a job share, as far as its notify interface needs it. */
interface Shared {
  readonly feed: Feed<JobLook, Remote>;
  readonly files: FileReports;
  readonly sink: JobSink | undefined;
}

interface Entry {
  callback: object;
  leave: () => void;
}

export class JobNotify {
  readonly #shared: Shared;
  // The functions that are set, and behind them those whose calls the service has not answered yet. The
  // last are in effect; the others hear the job until the service has accepted later ones.
  #entries: readonly Entry[] = [];
  // The connections on which the flags were set by hand, held weakly so that this set keeps none alive.
  readonly #byHand = new Set<WeakRef<Connection>>();

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** The flags that a listener may add to the job's: none while flags set by hand are in effect. */
  wants(flags: number): number {
    return [...this.#byHand].some((connection) => connection.deref()?.open === true) ? 0 : flags;
  }

  /** Sets the flags by hand: from now on the library neither adds to them nor puts them back. */
  async setFlags(remote: Remote, flags: number): Promise<void> {
    const { connection } = remote;
    const earlier = [...this.#byHand].filter((known) => known.deref() === connection);
    const byHand = new WeakRef(connection);
    const forget = () => {
      this.#byHand.delete(byHand);
    };
    this.#byHand.add(byHand);
    const operation = 'IBackgroundCopyJob::SetNotifyFlags';
    const call = () => this.#shared.sink?.flagsCall(flags, 'keep') ?? callOf(operation, [flags]);
    try {
      const [outcome] = await remote.hop(operation, () => [call()]);
      remote.resultOf(outcome, operation);
    } catch (error) {
      forget();
      throw error;
    }
    // The connection remembers it even when no object of the job is left.
    if (!connection.open) forget();
    else if (earlier.every((known) => !this.#byHand.has(known))) connection.onClose(forget);
    else forget();
  }

  /** @param warn Hears of flags that the service refuses, and of files that cannot be read. */
  async set<Job>(
    remote: Remote,
    job: Job,
    callback: NotifyFunctions<Job> | null,
    warn?: (error: DosvcError) => void,
  ): Promise<void> {
    const operation = 'IBackgroundCopyJob::SetNotifyInterface';
    if (callback === null) {
      this.#drop(this.#entries);
      // Our callback object stays for the listeners, and ends with the last of them.
      const found = await this.#read(remote);
      if (found === 'foreign') await remote.call(operation, null);
      // A job that has ended may refuse this.
      if (found === 'gone') {
        await remote.hop(operation, () => [callOf(operation, [null]), callOf(getState, [])]);
      }
      return;
    }
    checkFunctions('callback', callback, Object.keys(functions));
    const entry = this.#join(remote, job, callback, warn);
    this.#entries = [...this.#entries, entry];
    try {
      const outcomes = await remote.hop(operation, () => {
        const call = this.#entries.includes(entry) ? this.#shared.sink?.interfaceCall : undefined;
        return call === undefined ? [] : [call];
      });
      for (const outcome of outcomes) {
        remote.resultOf(outcome, operation);
      }
      this.#drop(this.#entries.slice(0, Math.max(0, this.#entries.indexOf(entry))));
    } catch (error) {
      this.#drop([entry]);
      throw error;
    }
  }

  async get(remote: Remote): Promise<object | ForeignInterface | null> {
    const found = await this.#read(remote);
    if (found === 'foreign') return { foreign: true };
    return found === 'ours' ? (this.#entries.at(-1)?.callback ?? null) : null;
  }

  // A job that has ended keeps its notify interface. Reading it then fails, because our own was withdrawn,
  // or the process that it belongs to has ended: 'gone'.
  async #read(remote: Remote): Promise<RowResult<typeof getNotifyInterface> | 'gone'> {
    const calls = [callOf(getNotifyInterface, []), callOf(getState, [])] as const;
    const [found, state] = await remote.hop(getNotifyInterface, () => calls);
    const clientGone = failed(found) && isGone(found.hresult) && !failed(state);
    return clientGone ? 'gone' : remote.resultOf(found, getNotifyInterface);
  }

  #drop(entries: readonly Entry[]): void {
    this.#entries = this.#entries.filter((entry) => !entries.includes(entry));
    for (const { leave } of entries) leave();
  }

  #join<Job>(
    remote: Remote,
    job: Job,
    callback: NotifyFunctions<Job>,
    warn?: (error: DosvcError) => void,
  ): Entry {
    const given = Object.entries(functions).filter(([name]) => name in callback);
    const flags = given.reduce((all, [, flag]) => all | flag, 0);
    const news = new JobNews();
    const { feed, files } = this.#shared;
    const leave = feed.join({
      source: remote,
      wants: () => this.wants(flags),
      // If it refuses the interface itself, set() rejects.
      refused: (error) => {
        if (error.operation === 'IBackgroundCopyJob::SetNotifyFlags') warn?.(error);
      },
      changed: (look, before) => {
        if (look.modified) callback.jobModification?.(job);
        if (!news.entered(look, before)) return;
        if (look.state === 'transferred') callback.jobTransferred?.(job);
        if (look.state === 'error' && look.error) callback.jobError?.(job, look.error);
        // Nothing follows, so the functions no longer keep the job in memory.
        if (isOver(look)) this.#drop([entry]);
      },
    });
    const source = remote;
    const ignore = [
      files.listen('FileTransferred', {
        source,
        told: (file) => callback.fileTransferred?.(job, file),
        unread: callback.fileTransferred && warn,
      }),
      files.listen('FileRangesTransferred', {
        source,
        told: (file, ranges) => callback.fileRangesTransferred?.(job, file, ranges),
        unread: callback.fileRangesTransferred && warn,
      }),
    ];
    const forget = remote.onClose(() => {
      this.#drop([entry]);
    });
    const entry = {
      callback,
      leave: () => {
        leave();
        for (const each of ignore) each();
        forget();
      },
    };
    return entry;
  }
}
