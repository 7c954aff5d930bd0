// SPDX-License-Identifier: MIT
//
// The notify interface of a job, as COM has it: one for a job, the last that was set. Functions
// that were set and listeners share the binding's one sink; what is kept here is which functions,
// and whether the flags were set by hand.

import { checkFunctions } from '../arguments.js';
import type { Connection } from '../connection.js';
import { notifyFlag } from '../generated/enums.js';
import type { Value } from '../../typings/binding.js';
import type { Listener } from '../binding.js';
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

interface Current {
  callback: NotifyInterface;
  job: BackgroundCopyJob;
  subscription: Subscription;
  forget: () => void;
}

// As there is one callback object for a job in an environment, whichever manager the job came from.
const known = new Map<string, NotifyInterfaces>();

export class NotifyInterfaces {
  readonly #id: string;
  #current: Current | undefined;
  // The connections on which the flags were set by hand; nothing else of a connection is kept by it.
  readonly #byHand = new Set<WeakRef<Connection>>();
  #listening = 0;

  private constructor(id: string) {
    this.#id = id;
  }

  /** What is known of a job's notify interface, whichever of its objects it was set on. */
  static of(id: string): NotifyInterfaces {
    return known.get(id) ?? new NotifyInterfaces(id);
  }

  // Known as long as there is something to know.
  #remember(): void {
    const idle = !this.#explicit && this.#listening === 0 && this.#current === undefined;
    if (idle) known.delete(this.#id);
    else known.set(this.#id, this);
  }

  get #explicit(): boolean {
    return [...this.#byHand].some((connection) => connection.deref()?.closed === false);
  }

  /** The flags that a subscription may widen the job's by: none where they were set by hand. */
  widen(flags: number): number {
    return this.#explicit ? 0 : flags;
  }

  /** A subscription of listeners or of somebody who waits; the returned function ends it. */
  listen(
    remote: Remote,
    flags: number,
    more: { tells: string[]; poll?: number },
    listener: Listener,
  ): () => void {
    const options = this.#options(remote, { flags: this.widen(flags), ...more });
    const subscription = remote.subscribe(options, listener);
    this.#listening += 1;
    this.#remember();
    let listens = true;
    return () => {
      if (!listens) return;
      listens = false;
      this.#listening -= 1;
      this.#remember();
      subscription.end();
    };
  }

  /** Sets the flags by hand: from now on they are neither widened nor put back. */
  async setFlags(remote: Remote, flags: number): Promise<void> {
    const before = [...this.#byHand].some((known) => known.deref() === remote.connection);
    const connection = new WeakRef(remote.connection);
    const forget = () => {
      this.#byHand.delete(connection);
      this.#remember();
    };
    if (!before) this.#byHand.add(connection);
    this.#remember();
    try {
      await remote.call('IBackgroundCopyJob::SetNotifyFlags', flags);
    } catch (error) {
      forget();
      throw error;
    }
    if (!before) remote.connection.onClose(forget);
    if (!remote.open || (this.#listening === 0 && this.#current === undefined)) return;
    remote.subscribe(this.#options(remote, { keepFlags: true }), () => undefined).end();
  }

  async set(
    remote: Remote,
    job: BackgroundCopyJob,
    callback: NotifyInterface | null,
  ): Promise<void> {
    if (callback === null) {
      this.#replace(undefined);
      // Ours stays for the listeners, and goes with the last of them.
      const found = await remote.call('IBackgroundCopyJob::GetNotifyInterface');
      if (found === 'foreign') await remote.call('IBackgroundCopyJob::SetNotifyInterface', null);
      return;
    }
    checkFunctions('callback', callback, Object.keys(functions));
    const before = this.#current;
    const current = {
      callback,
      job,
      subscription: this.#subscribe(remote, job, callback),
      forget: remote.onClose(() => {
        if (this.#current === current) this.#replace(undefined);
      }),
    };
    this.#current = current;
    this.#remember();
    try {
      const sink = { handle: current.subscription.handle };
      await remote.call('IBackgroundCopyJob::SetNotifyInterface', sink);
      before?.subscription.end();
      before?.forget();
    } catch (error) {
      if (this.#current === current) this.#replace(before);
      throw error;
    }
  }

  async get(remote: Remote): Promise<NotifyInterface | ForeignInterface | null> {
    const found = await remote.call('IBackgroundCopyJob::GetNotifyInterface');
    if (found === 'foreign') return { foreign: true };
    return found === 'ours' ? (this.#current?.callback ?? null) : null;
  }

  #replace(current: Current | undefined): void {
    this.#current?.subscription.end();
    this.#current?.forget();
    this.#current = current;
    this.#remember();
  }

  /** The options of a subscription to this job. */
  #options(remote: Remote, more: Record<string, Value>): Value {
    const poll = remote.connection.pollInterval;
    return { id: this.#id, flags: 0, tells: [], poll, ...more };
  }

  #subscribe(remote: Remote, job: BackgroundCopyJob, callback: NotifyInterface): Subscription {
    const given = Object.entries(functions).filter(([name]) => name in callback);
    const flags = this.widen(given.reduce((all, [, flag]) => all | flag, 0));
    const options = this.#options(remote, { flags, tells: ['state', 'modification'] });
    return remote.subscribe(options, (event) => {
      if (event.kind === 'modification') callback.jobModification?.(job);
      if (event.kind !== 'state') return;
      const { state, error } = lookOf(event);
      if (state === 'transferred') callback.jobTransferred?.(job);
      if (state === 'error' && error !== null) callback.jobError?.(job, error);
    });
  }
}
