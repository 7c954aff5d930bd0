// SPDX-License-Identifier: MIT
//
// Waiting for something of the service's, with what is told of it meanwhile. It keeps the process
// alive, and it ends: when it is told to, when it takes too long, when the signal says so, when the
// object that is waited on or its manager is closed.

import { checkInteger, checkSignal } from './arguments.js';
import { longestDelay } from './connection.js';
import { abortError, closedError, DosvcError, type OwnCode } from './errors.js';
import type { Remote } from './remote.js';

export interface WaitOptions {
  /** Ends the waiting with an AbortError; the transfer goes on. */
  signal?: AbortSignal;
  /** Milliseconds for the whole; without it, none. */
  timeout?: number;
  /** Milliseconds without a byte; without it, none. */
  stallTimeout?: number;
}

export class Watch<T> {
  /** How often what is waited for has to be looked at: a stall must not be told from a poll that is
   * too slow to see the bytes. */
  readonly poll: number;
  readonly #what: string;
  readonly #stops: (() => void)[] = [];
  #stall: NodeJS.Timeout | undefined;
  // The newest that was not taken yet.
  #news: T | undefined;
  #end: { error: Error | undefined } | undefined;
  #wake: (() => void) | undefined;

  /** @param what How sentences call what is waited for: `'job'`. */
  constructor(remote: Remote, what: string, options: Partial<WaitOptions>) {
    this.#what = what;
    const { signal, timeout, stallTimeout } = options;
    checkSignal('options.signal', signal);
    if (timeout !== undefined) checkInteger('options.timeout', timeout, 1, longestDelay);
    if (stallTimeout !== undefined) {
      checkInteger('options.stallTimeout', stallTimeout, 1, longestDelay);
    }
    if (signal?.aborted) throw abortError(signal);
    remote.checkOpen('wait');

    const often = Math.max(10, Math.floor((stallTimeout ?? Infinity) / 2));
    this.poll = Math.min(remote.connection.pollInterval, often);
    this.onStop(
      remote.onClose(() => {
        this.finish(closedError('wait'));
      }),
    );
    // A subscription alone does not keep the process alive.
    this.#after(longestDelay, () => undefined);
    if (timeout !== undefined) {
      this.#after(timeout, () => {
        const how = `was not transferred in ${String(timeout)} ms`;
        this.finish(this.#late('ERR_DOSVC_TIMEOUT', how));
      });
    }
    if (stallTimeout !== undefined) {
      this.#stall = this.#after(stallTimeout, () => {
        const how = `transferred nothing for ${String(stallTimeout)} ms`;
        this.finish(this.#late('ERR_DOSVC_STALLED', how));
      });
    }
    if (signal !== undefined) {
      const abort = () => {
        this.finish(abortError(signal));
      };
      signal.addEventListener('abort', abort, { once: true });
      this.onStop(() => {
        signal.removeEventListener('abort', abort);
      });
    }
  }

  /** News for whoever watches; the newest replaces what was not taken yet. */
  tell(news: T): void {
    this.#news = news;
    this.#wake?.();
  }

  /** Bytes came: no stall. */
  moved(): void {
    this.#stall?.refresh();
  }

  /** The end, with an error where it is not the one that was waited for. */
  finish(error?: Error): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  onStop(stop: () => void): void {
    this.#stops.push(stop);
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.finish();
  }

  /** What was told since the last time. */
  take(): T | undefined {
    const news = this.#news;
    this.#news = undefined;
    return news;
  }

  /** Whether it came to the end that was waited for; throws where it came to another. */
  get ended(): boolean {
    if (this.#end?.error !== undefined) throw this.#end.error;
    return this.#end !== undefined;
  }

  /** Resolves when there is something to take, or the end. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #after(milliseconds: number, then: () => void): NodeJS.Timeout {
    const timer = setTimeout(then, milliseconds);
    this.onStop(() => {
      clearTimeout(timer);
    });
    return timer;
  }

  #late(code: OwnCode, how: string): DosvcError {
    return new DosvcError(
      `The ${this.#what} ${how}. It goes on in the service: wait again, look at its error and the network, or end it.`,
      { code, retryable: true },
    );
  }
}

const noStep = () => undefined;

/**
 * The news of a watch up to its end, which the first step begins. Not an async function's generator:
 * that would have return() wait for the step before it.
 */
export class Watching<T> implements AsyncGenerator<T, void, undefined> {
  readonly #begin: () => Watch<T>;
  #watch: Watch<T> | undefined;
  #over = false;
  // The step that is under way.
  #last: Promise<void> | undefined;

  constructor(begin: () => Watch<T>) {
    this.#begin = begin;
  }

  // The first step subscribes at once, before any later call on the object.
  next(): Promise<IteratorResult<T, void>> {
    const step = this.#last === undefined ? this.#step() : this.#last.then(() => this.#step());
    const last = step.then(noStep, noStep).then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
    return step;
  }

  return(): Promise<IteratorResult<T, void>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<T, void>> {
    this.#end();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own
    return Promise.reject(error);
  }

  async #step(): Promise<IteratorResult<T, void>> {
    try {
      while (!this.#over) {
        this.#watch ??= this.#begin();
        const news = this.#watch.take();
        if (news !== undefined) return { done: false, value: news };
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
