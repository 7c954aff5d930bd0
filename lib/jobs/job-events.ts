// SPDX-License-Identifier: MIT
//
// A job's events. Each event that somebody listens for is a subscription of its own; the binding
// serves all subscriptions of one job from one sink and one poll.

import { EventEmitter } from 'node:events';
import type { BindingEvent } from '../../typings/binding.js';
import type { Remote } from '../connection.js';
import { nameOf } from '../errors.js';
import { jobState, literalOf, notifyFlag, type JobState, type Open } from '../generated/enums.js';
import { JobError, type ErrorRecord } from './job-error.js';
import type { JobProgress } from './progress.js';

export interface JobModification {
  state: Open<JobState>;
  progress: JobProgress;
}

/** The listeners' arguments by event. */
export interface JobEventMap {
  /** Every file is there: time for `complete()`. Once for each entry into the state. */
  transferred: [];
  /**
   * The service gave up: mend and `resume()`, `complete()` what is whole, or `cancel()`. Once for
   * each entry into the state; never thrown for want of a listener.
   */
  error: [error: JobError];
  /** The service says that something about the job changed. */
  modification: [modification: JobModification];
  /** From the service's calls and from the slow poll; the newest replaces what was not heard yet. */
  progress: [progress: JobProgress];
  /** The service refuses to call back: the slow poll alone carries the events. */
  warning: [warning: JobWarning];
}

export interface JobWarning {
  code: string;
  hresult: number;
  /** What was refused: `'IBackgroundCopyJob::SetNotifyInterface'`. */
  operation: string;
}

interface Look {
  state: number;
  progress: JobProgress;
  error: ErrorRecord | null;
}

// What the service is asked to call back for, and what the binding is asked to tell of it.
const wants = {
  transferred: { flags: notifyFlag['job-transferred'], tells: ['state'] },
  error: { flags: notifyFlag['job-error'], tells: ['state'] },
  modification: { flags: notifyFlag['job-modification'], tells: ['modification'] },
  progress: { flags: notifyFlag['job-modification'], tells: ['progress'] },
} as const;
type Wanted = keyof typeof wants;

export class JobEvents extends EventEmitter<JobEventMap> {
  readonly #remote: Remote;
  readonly #subscriptions = new Map<Wanted, () => void>();

  /** @internal */
  constructor(remote: Remote) {
    super();
    this.#remote = remote;
    watchListeners(this, {
      added: (name) => {
        if (!this.#subscriptions.has(name)) this.#subscribe(name);
      },
      removed: (name) => {
        if (this.listenerCount(name) > 0) return;
        this.#subscriptions.get(name)?.();
        this.#subscriptions.delete(name);
      },
    });
  }

  #subscribe(name: Wanted): void {
    const { pollInterval } = this.#remote.connection;
    const options = { ...wants[name], poll: pollInterval };
    const end = this.#remote.subscribe(options, (event) => {
      this.#hear(name, event);
    });
    this.#subscriptions.set(name, end);
  }

  #hear(name: Wanted, { kind, value }: BindingEvent): void {
    if (kind === 'warning') {
      const { operation, hresult } = value as { operation: string; hresult: number };
      this.emit('warning', { code: nameOf(hresult), hresult, operation });
      return;
    }
    const look = value as unknown as Look;
    const state = literalOf(jobState, look.state);
    switch (name) {
      case 'transferred':
        if (state === 'transferred') this.emit(name);
        break;
      case 'error':
        if (state === 'error' && look.error !== null) this.emit(name, new JobError(look.error));
        break;
      case 'modification':
        this.emit(name, { state, progress: look.progress });
        break;
      case 'progress':
        this.emit(name, look.progress);
        break;
    }
  }
}

function watchListeners(
  emitter: EventEmitter,
  { added, removed }: Record<'added' | 'removed', (name: Wanted) => void>,
): void {
  emitter.on('newListener', (name) => {
    if (isWanted(name)) added(name);
  });
  emitter.on('removeListener', (name) => {
    if (isWanted(name)) removed(name);
  });
}

function isWanted(name: unknown): name is Wanted {
  return typeof name === 'string' && Object.hasOwn(wants, name);
}
