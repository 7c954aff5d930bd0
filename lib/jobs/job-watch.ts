// SPDX-License-Identifier: MIT
//
// Waiting for a job, with its progress. It keeps the process alive, and it ends: with the transfer,
// with the job's error, when somebody else ended the job, when it takes too long, when the signal
// says so, when the job's object or its manager is closed.

import { checkInteger, checkOptions, checkSignal } from '../arguments.js';
import { longestDelay } from '../connection.js';
import {
  abortError,
  closedError,
  describe,
  DosvcError,
  errorOf,
  isUnknown,
  type OwnCode,
} from '../errors.js';
import type { Remote } from '../remote.js';
import { lookOf, troubleOf, type JobLook, type JobTrouble } from './job-look.js';
import { NotifyInterfaces } from './notify-interface.js';
import type { JobProgress } from './progress.js';

export interface WaitOptions {
  /** Ends the waiting with an AbortError; the job goes on. */
  signal?: AbortSignal;
  /** Milliseconds for the whole; without it, none. */
  timeout?: number;
  /** Milliseconds without a byte; without it, none. */
  stallTimeout?: number;
}

export function watchJob(
  job: Remote,
  id: string,
  options: WaitOptions | undefined,
): AsyncGenerator<JobProgress, void, undefined> {
  return new ProgressIterator(() => new JobWatch(job, id, checkOptions('options', options)));
}

const noStep = () => undefined;

type Step = IteratorResult<JobProgress, void>;

// Not an async function's generator: that would make return() wait for the step before it.
class ProgressIterator implements AsyncGenerator<JobProgress, void, undefined> {
  readonly #begin: () => JobWatch;
  #watch: JobWatch | undefined;
  #over = false;
  // The step that is under way.
  #last: Promise<void> | undefined;

  constructor(begin: () => JobWatch) {
    this.#begin = begin;
  }

  // The first step subscribes at once, before any later call on the job.
  next(): Promise<Step> {
    const step = this.#last === undefined ? this.#step() : this.#last.then(() => this.#step());
    const last = step.then(noStep, noStep).then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
    return step;
  }

  return(): Promise<Step> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<Step> {
    this.#end();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own
    return Promise.reject(error);
  }

  async #step(): Promise<Step> {
    try {
      while (!this.#over) {
        this.#watch ??= this.#begin();
        const progress = this.#watch.takeProgress();
        if (progress !== undefined) return { done: false, value: progress };
        if (this.#watch.ended) break;
        await this.#watch.changed();
      }
    } catch (error) {
      this.#end();
      throw error;
    }
    this.#end();
    return { done: true, value: undefined };
  }

  #end(): void {
    this.#over = true;
    this.#watch?.stop();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}

class JobWatch {
  readonly #job: Remote;
  readonly #stops: (() => void)[] = [];
  #stall: (() => void) | undefined;
  // The newest progress that was not taken yet.
  #progress: JobProgress | undefined;
  #end: { error: Error | undefined } | undefined;
  #wake: (() => void) | undefined;

  constructor(job: Remote, id: string, options: Partial<WaitOptions>) {
    this.#job = job;
    const { signal, timeout, stallTimeout } = options;
    checkSignal('options.signal', signal);
    if (timeout !== undefined) checkInteger('options.timeout', timeout, 1, longestDelay);
    if (stallTimeout !== undefined) {
      checkInteger('options.stallTimeout', stallTimeout, 1, longestDelay);
    }
    if (signal?.aborted) throw abortError(signal);

    const { pollInterval } = job.connection;
    // A stall must not be told from a poll that is too slow to see the bytes.
    const poll = Math.min(pollInterval, Math.max(10, Math.floor((stallTimeout ?? Infinity) / 2)));
    this.#stops.push(
      NotifyInterfaces.of(id).listen(
        job,
        1 | 2 | 8,
        { tells: ['state', 'progress'], poll },
        (event) => {
          if (event.kind === 'lost') this.#lose(troubleOf(event));
          else if (event.kind === 'progress') this.#move(lookOf(event));
          else if (event.kind === 'state') this.#enter(lookOf(event));
        },
      ),
    );
    this.#stops.push(
      job.onClose(() => {
        this.#finish(closedError('wait'));
      }),
    );
    // A subscription alone does not keep the process alive.
    this.#after(longestDelay, () => undefined);
    if (timeout !== undefined) {
      this.#after(timeout, () => {
        this.#finish(late('ERR_DOSVC_TIMEOUT', `was not transferred in ${String(timeout)} ms`));
      });
    }
    if (stallTimeout !== undefined) {
      const timer = this.#after(stallTimeout, () => {
        const how = `transferred nothing for ${String(stallTimeout)} ms`;
        this.#finish(late('ERR_DOSVC_STALLED', how));
      });
      this.#stall = () => {
        timer.refresh();
      };
    }
    if (signal !== undefined) {
      const abort = () => {
        this.#finish(abortError(signal));
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#stops.push(() => {
        signal.removeEventListener('abort', abort);
      });
    }
  }

  takeProgress(): JobProgress | undefined {
    const progress = this.#progress;
    this.#progress = undefined;
    return progress;
  }

  /** Whether the job is transferred; throws where the watch ended otherwise. */
  get ended(): boolean {
    if (this.#end?.error !== undefined) throw this.#end.error;
    return this.#end !== undefined;
  }

  /** Resolves when there is something to take. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#finish(undefined);
  }

  #after(milliseconds: number, then: () => void): NodeJS.Timeout {
    const timer = setTimeout(then, milliseconds);
    this.#stops.push(() => {
      clearTimeout(timer);
    });
    return timer;
  }

  #move({ progress }: JobLook): void {
    this.#progress = progress;
    this.#stall?.();
    this.#wake?.();
  }

  #enter({ state, error }: JobLook): void {
    switch (state) {
      case 'transferred':
        this.#finish(undefined);
        break;
      case 'error':
        this.#finish(error ?? closedError('wait'));
        break;
      case 'cancelled':
      case 'acknowledged':
        this.#finish(this.#ended(state === 'cancelled' ? 'cancelled' : 'completed'));
        break;
      default:
        break;
    }
  }

  #ended(how: string): DosvcError {
    const { words, ...named } = describe(this.#job.connection.service.invalidState);
    return new DosvcError(`The job was ${how}, so there is nothing to wait for. ${words}`, named);
  }

  // One look that fails is nothing yet.
  #lose({ operation, hresult, lasts }: JobTrouble): void {
    if (lasts !== true && !isUnknown(hresult)) return;
    const { service } = this.#job.connection;
    this.#finish(errorOf({ hresult, value: null }, { service: service.title, operation }));
  }

  #finish(error: Error | undefined): void {
    this.#end ??= { error };
    this.#wake?.();
  }
}

function late(code: OwnCode, how: string): DosvcError {
  return new DosvcError(
    `The job ${how}. It goes on in the service: wait again, see getError() and the network, or cancel it.`,
    { code, retryable: true },
  );
}
