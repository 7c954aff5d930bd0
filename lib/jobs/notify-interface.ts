// SPDX-License-Identifier: MIT
//
// The notify interface of a job, as COM has it: one for a job, the last that was set. Functions
// that were set and listeners share the binding's one sink; what is kept here is which functions,
// and whether the flags were set by hand.

import { checkFunctions } from '../arguments.js';
import type { Connection } from '../connection.js';
import { notifyFlag } from '../generated/enums.js';
import type { Remote, Subscription } from '../remote.js';
import type { BackgroundCopyJob } from './job.js';
import type { JobError } from './job-error.js';
import { lookOf } from './job-look.js';

/**
 * JavaScript functions as an IBackgroundCopyCallback. A transfer and an error are told once for
 * each entry into that state, however often the service calls.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback
 */
export interface NotifyInterface {
  jobTransferred?(job: BackgroundCopyJob): void;
  jobError?(job: BackgroundCopyJob, error: JobError): void;
  jobModification?(job: BackgroundCopyJob): void;
}

/** Somebody else's notify interface. */
export interface ForeignInterface {
  foreign: true;
}

const functions = {
  jobTransferred: notifyFlag['job-transferred'],
  jobError: notifyFlag['job-error'],
  jobModification: notifyFlag['job-modification'],
} as const;

const ofConnection = new WeakMap<Connection, Map<string, NotifyInterfaces>>();

export class NotifyInterfaces {
  readonly #known: Map<string, NotifyInterfaces>;
  readonly #id: string;
  #callback: NotifyInterface | null = null;
  #subscription: Subscription | undefined;
  #explicit = false;
  #listening = 0;

  private constructor(known: Map<string, NotifyInterfaces>, id: string) {
    this.#known = known;
    this.#id = id;
  }

  /** What is known of a job's notify interface, whichever of its objects it was set on. */
  static of(connection: Connection, id: string): NotifyInterfaces {
    const known = ofConnection.get(connection) ?? new Map<string, NotifyInterfaces>();
    ofConnection.set(connection, known);
    return known.get(id) ?? new NotifyInterfaces(known, id);
  }

  // Known as long as there is something to know.
  #remember(): void {
    const idle = !this.#explicit && this.#listening === 0 && this.#subscription === undefined;
    if (idle) this.#known.delete(this.#id);
    else this.#known.set(this.#id, this);
  }

  /** The flags that a subscription may widen the job's by: none where they were set by hand. */
  widen(flags: number): number {
    return this.#explicit ? 0 : flags;
  }

  /** A listener's subscription begins; the returned function ends it. */
  listen(subscription: Subscription): () => void {
    this.#listening += 1;
    this.#remember();
    return () => {
      this.#listening -= 1;
      this.#remember();
      subscription.end();
    };
  }

  /** The flags were set by hand: they stay as they are. */
  keepFlags(job: Remote): void {
    this.#explicit = true;
    this.#remember();
    if (this.#listening === 0 && this.#subscription === undefined) return;
    const { pollInterval } = job.connection;
    job
      .subscribe({ flags: 0, tells: [], poll: pollInterval, keepFlags: true }, () => undefined)
      .end();
  }

  async set(
    remote: Remote,
    job: BackgroundCopyJob,
    callback: NotifyInterface | null,
  ): Promise<void> {
    if (callback === null) {
      this.#replace(null, undefined);
      // Listeners keep the sink; without any, what stands there goes, whoever set it.
      if (this.#listening > 0) return;
      await remote.call('IBackgroundCopyJob::SetNotifyInterface', null);
      return;
    }
    checkFunctions('callback', callback, Object.keys(functions));
    const subscription = this.#subscribe(remote, job, callback);
    try {
      const sink = { handle: subscription.handle };
      await remote.call('IBackgroundCopyJob::SetNotifyInterface', sink);
    } catch (error) {
      subscription.end();
      throw error;
    }
    this.#replace(callback, subscription);
  }

  async get(remote: Remote): Promise<NotifyInterface | ForeignInterface | null> {
    const found = await remote.call('IBackgroundCopyJob::GetNotifyInterface');
    if (found === 'foreign') return { foreign: true };
    return found === 'ours' ? this.#callback : null;
  }

  #replace(callback: NotifyInterface | null, subscription: Subscription | undefined): void {
    this.#subscription?.end();
    this.#subscription = subscription;
    this.#callback = callback;
    this.#remember();
  }

  #subscribe(remote: Remote, job: BackgroundCopyJob, callback: NotifyInterface): Subscription {
    const given = Object.entries(functions).filter(([name]) => name in callback);
    const flags = this.widen(given.reduce((all, [, flag]) => all | flag, 0));
    const poll = remote.connection.pollInterval;
    return remote.subscribe({ flags, tells: ['state', 'modification'], poll }, (event) => {
      if (event.kind === 'modification') callback.jobModification?.(job);
      if (event.kind !== 'state') return;
      const { state, error } = lookOf(event);
      if (state === 'transferred') callback.jobTransferred?.(job);
      if (state === 'error' && error !== null) callback.jobError?.(job, error);
    });
  }
}
