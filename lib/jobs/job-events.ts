// SPDX-License-Identifier: MIT
//
// The events of a job. Each event that has listeners joins the job's feed on its own.

import type { DosvcError, DosvcErrorCode } from '../errors.js';
import { notifyFlag, type JobState, type Open } from '../generated/enums.js';
import type { FileRange } from '../ranges.js';
import type { Remote } from '../remote/remote.js';
import {
  endSubscriptions,
  subscribe,
  SubscribedEvents,
  target,
  tell,
} from '../feed/subscribed-events.js';
import type { BackgroundCopyFile } from './file.js';
import type { JobError } from './job-error.js';
import { isOver, JobNews, type JobLook } from './job-look.js';
import type { JobProgress } from './progress.js';
import type { SharedJob } from './shared-job.js';

/** The argument of the event `'modification'`. */
export interface JobModification {
  /** The name of the state, or its number if this version does not know it. */
  state: Open<JobState>;
  /** The job's progress in bytes and files. */
  progress: JobProgress;
}

/** The argument of the event `'file-transferred'`. */
export interface JobFileTransferred {
  /** The file, for this listener: it is the listener's to close. */
  file: BackgroundCopyFile;
}

/** The argument of the event `'file-ranges-transferred'`. */
export interface JobFileRangesTransferred {
  /** The file, for this listener: it is the listener's to close. */
  file: BackgroundCopyFile;
  /**
   * The ranges that were transferred since the previous event or request. BITS downloads no byte twice
   * and reports parts of a range, so they may differ from those requested.
   */
  ranges: FileRange[];
}

/** The events of a job, each with the arguments of its listeners. */
export interface JobEventMap {
  /**
   * Every file is transferred: call `complete()`. Emitted once for each entry into this state.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-jobtransferred
   */
  transferred: [];
  /**
   * The service gave up: remove the cause and call `resume()`, call `complete()` to keep the complete
   * files, or call `cancel()`. Emitted once for each entry into this state. Without a listener, the
   * error is not thrown.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-joberror
   */
  error: [error: JobError];
  /**
   * The service reports that something about the job changed.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-jobmodification
   */
  modification: [modification: JobModification];
  /**
   * A file of a download, or the reply of an `'upload-reply'` job, is transferred; its content is
   * under the name that the file's `getTemporaryName()` returns. Emitted for each call
   * of the service, in order: BITS calls again for a file that it fetched again because
   * `setValidationState(false)` rejected what a peer had sent. The poll cannot replace these calls:
   * if the service refuses them, `'warning'` says so. BITS, since Windows Vista; Delivery Optimization
   * does not document it.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopycallback2-filetransferred
   */
  'file-transferred': [transferred: JobFileTransferred];
  /**
   * Ranges of a file are transferred that the file's `requestFileRanges()` requested, in
   * a job whose property `onDemandMode` is set. Emitted for each call of the service, in order: raise
   * the property `minimumNotificationIntervalMs` to have fewer. While JavaScript is blocked, they wait,
   * each with an object of the service, and nothing limits their number. The poll cannot replace these
   * calls either. BITS, since Windows 10 version 1703.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits10_1/nf-bits10_1-ibackgroundcopycallback3-filerangestransferred
   */
  'file-ranges-transferred': [transferred: JobFileRangesTransferred];
  /** The progress changed. A newer value replaces one that was not emitted yet. */
  progress: [progress: JobProgress];
  /**
   * The service refuses to call back, so that the events come from the poll alone, except those of
   * files, which then do not come; or the job, or a file that the service reported, can no longer be
   * read.
   */
  warning: [warning: JobWarning];
}

/** The argument of the event `'warning'`. */
export interface JobWarning {
  /** The name of the error, as in `DosvcError.code`. */
  code: DosvcErrorCode;
  /** The HRESULT as an unsigned number; 0 if there is none. */
  hresult: number;
  /** The call that failed, such as `'IBackgroundCopyJob::SetNotifyInterface'`; else an empty string. */
  operation: string;
}

// The notify flag that each event needs.
const wants = {
  transferred: notifyFlag['job-transferred'],
  error: notifyFlag['job-error'],
  modification: notifyFlag['job-modification'],
  progress: notifyFlag['job-modification'],
  'file-transferred': notifyFlag['file-transferred'],
  'file-ranges-transferred': notifyFlag['file-ranges-transferred'],
} as const;
type Wanted = keyof typeof wants;

export const shared = Symbol('shared');
export const warn = Symbol('warn');
export const warnOnce = Symbol('warnOnce');

export abstract class JobEvents extends SubscribedEvents<JobEventMap> {
  readonly #shared: SharedJob;
  readonly #refused = new Set<string>();
  #lost: string | undefined;

  /** @internal */
  constructor(remote: Remote, shared: SharedJob) {
    super(remote, Object.keys(wants));
    this.#shared = shared;
  }

  /**
   * What all objects of the job share.
   *
   * @internal
   */
  protected get [shared](): SharedJob {
    return this.#shared;
  }

  /** @internal */
  protected override [subscribe](name: Wanted): () => void {
    const { feed, notify } = this.#shared;
    const news = new JobNews();
    const leave = feed.join({
      source: this[target],
      wants: () => notify.wants(wants[name]),
      changed: (look, before) => {
        this.#hear(name, look, news.moved(look, before), news.entered(look, before));
      },
      refused: (error) => {
        this[warnOnce](error);
      },
      lost: (error) => {
        if (this.#lost !== troubleIn(error)) this[warn](error);
        this.#lost = troubleIn(error);
      },
      found: () => {
        this.#lost = undefined;
      },
    });
    const ignore = this.#listenToFiles(name);
    return () => {
      leave();
      ignore();
    };
  }

  #listenToFiles(name: Wanted): () => void {
    const { files } = this.#shared;
    const source = this[target];
    const unread = (error: DosvcError) => {
      this[warn](error);
    };
    if (name === 'file-transferred') {
      const told = (file: BackgroundCopyFile) => {
        this[tell](name, { file });
      };
      return files.listen('FileTransferred', { source, told, unread });
    }
    if (name === 'file-ranges-transferred') {
      const told = (file: BackgroundCopyFile, ranges: FileRange[]) => {
        this[tell](name, { file, ranges });
      };
      return files.listen('FileRangesTransferred', { source, told, unread });
    }
    return () => undefined;
  }

  #hear(name: Wanted, look: JobLook, moved: JobProgress | undefined, entered: boolean): void {
    const { state, progress, error } = look;
    if (name === 'progress' && moved !== undefined) this[tell](name, moved);
    if (name === 'modification' && look.modified) this[tell](name, { state, progress });
    if (!entered) return;
    if (name === 'transferred' && state === 'transferred') this[tell](name);
    if (name === 'error' && state === 'error' && error !== null) this[tell](name, error);
    if (isOver(look)) this[endSubscriptions]();
  }

  /**
   * Emits a refusal of the service once, because the subscription of each event reports it. A job that
   * becomes unreadable again after a successful look is reported again.
   *
   * @internal
   */
  protected [warnOnce](error: DosvcError): void {
    const refused = troubleIn(error);
    if (!this.#refused.has(refused)) this[warn](error);
    this.#refused.add(refused);
  }

  /** @internal */
  protected [warn]({ code, hresult = 0, operation = '' }: DosvcError): void {
    this[tell]('warning', { code, hresult, operation });
  }
}

function troubleIn({ operation, hresult }: DosvcError): string {
  return `${String(operation)} ${String(hresult)}`;
}
