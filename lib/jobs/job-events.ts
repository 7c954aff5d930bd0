// SPDX-License-Identifier: MIT
//
// A job's events. Each event that somebody listens for is a subscription of its own; the binding
// serves all subscriptions of one job from one sink and one poll.

import type { BindingEvent } from '../../typings/binding.js';
import { nameOf } from '../errors.js';
import { notifyFlag, type JobState, type Open } from '../generated/enums.js';
import type { Remote } from '../remote.js';
import { endSubscriptions, subscribe, SubscribedEvents } from '../subscribed-events.js';
import type { JobError } from './job-error.js';
import { lookOf, troubleOf } from './job-look.js';
import { NotifyInterfaces } from './notify-interface.js';
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
  /** The service refuses to call back, so that the slow poll alone carries the events; or the job
   * cannot be read any more. */
  warning: [warning: JobWarning];
}

export interface JobWarning {
  code: string;
  hresult: number;
  /** What was refused: `'IBackgroundCopyJob::SetNotifyInterface'`. */
  operation: string;
}

// What the service is asked to call back for, and what the binding is asked to tell besides the state.
const wants = {
  transferred: { flags: notifyFlag['job-transferred'], tells: [] },
  error: { flags: notifyFlag['job-error'], tells: [] },
  modification: { flags: notifyFlag['job-modification'], tells: ['modification'] },
  progress: { flags: notifyFlag['job-modification'], tells: ['progress'] },
} as const;
type Wanted = keyof typeof wants;

export class JobEvents extends SubscribedEvents<JobEventMap> {
  readonly #remote: Remote;
  readonly #id: string;
  readonly #refused = new Set<string>();
  #lost: string | undefined;

  /** @internal */
  constructor(remote: Remote, id: string) {
    super(remote, Object.keys(wants));
    this.#remote = remote;
    this.#id = id;
  }

  // The subscription is queued on the job's own queue, before any later call on it.
  /** @internal */
  protected override [subscribe](name: Wanted): () => void {
    const { flags, tells } = wants[name];
    return NotifyInterfaces.of(this.#id).listen(
      this.#remote,
      flags,
      { tells: ['state', ...tells] },
      (event) => {
        this.#hear(name, event);
      },
    );
  }

  #hear(name: Wanted, event: BindingEvent): void {
    if (event.kind === 'warning' || event.kind === 'lost') {
      this.#warn(event);
      return;
    }
    const { state, progress, error } = lookOf(event);
    this.#lost = undefined;
    if (event.kind === 'modification') this.emit('modification', { state, progress });
    if (event.kind === 'progress') this.emit('progress', progress);
    if (event.kind !== 'state') return;
    if (name === 'transferred' && state === 'transferred') this.emit(name);
    if (name === 'error' && state === 'error' && error !== null) this.emit(name, error);
    if (state === 'acknowledged' || state === 'cancelled') this[endSubscriptions]();
  }

  // Every subscription hears of the same trouble: it is told once, and a job that cannot be read
  // again after it could be.
  #warn(event: BindingEvent): void {
    const { operation, hresult } = troubleOf(event);
    const trouble = `${operation} ${String(hresult)}`;
    if (event.kind === 'lost' ? this.#lost === trouble : this.#refused.has(trouble)) return;
    if (event.kind === 'lost') this.#lost = trouble;
    else this.#refused.add(trouble);
    this.emit('warning', { code: nameOf(hresult), hresult, operation });
  }
}
