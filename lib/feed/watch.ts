// SPDX-License-Identifier: MIT
//
// Waits for a job or download and collects its news meanwhile. A watch keeps the process alive, and it
// always ends: when its owner finishes it, on a timeout or a stall, when the signal is aborted, or when
// the object or its manager is closed.

import { checkInteger, checkSignal } from '../arguments.js';
import { longestDelay } from '../remote/connection.js';
import { abortError, closedError, DosvcError, refusal } from '../errors.js';
import type { OwnCode } from '../generated/own-codes.js';
import type { Remote } from '../remote/remote.js';

/** Options of `wait()` and `watch()`. */
export interface WaitOptions {
  /** Ends the wait with an AbortError. The transfer itself continues. */
  signal?: AbortSignal | undefined;
  /**
   * The longest time to wait, in milliseconds. The wait then rejects with `ERR_DOSVC_TIMEOUT`. No limit
   * by default.
   */
  timeout?: number | undefined;
  /**
   * The longest time, in milliseconds, in which no new byte arrives. The wait then rejects with
   * `ERR_DOSVC_STALLED`. Time in which this process did not run does not count, and neither do bytes that
   * arrive again because the service began anew. Delivery Optimization reports a download's progress in
   * whole MiB: leave a slow line the time for one. No limit by default.
   */
  stallTimeout?: number | undefined;
}

/** The current state of what is watched, for the message of a timeout or a stall. */
export interface Standing {
  state: string | number;
  /** How the caller makes it continue; undefined if the service continues it. */
  remedy?: string | undefined;
  /** The error that keeps it from progressing. */
  trouble?: DosvcError | null | undefined;
}

export class Watch<T> {
  /**
   * The interval of the poll, in milliseconds. It is short enough that a poll too slow to see the bytes
   * is not mistaken for a stall.
   */
  readonly poll: number;
  readonly #what: string;
  readonly #invalidState: number;
  readonly #stops: (() => void)[] = [];
  // The awake time without a new byte, in milliseconds, and until when it is counted.
  #idle = 0;
  #counted = 0;
  #standing: Standing | undefined;
  // The error of the last look, if it failed.
  #failed: DosvcError | undefined;
  // The newest value that was not taken yet.
  #news: T | undefined;
  #end: { error: Error | undefined } | undefined;
  #wake: (() => void) | undefined;

  /** @param what The noun for it in messages: `'job'`. */
  constructor(remote: Remote, what: string, options: Partial<WaitOptions>) {
    this.#what = what;
    this.#invalidState = remote.connection.service.invalidState;
    const { signal, timeout, stallTimeout } = options;
    checkSignal('options.signal', signal);
    if (timeout !== undefined) checkInteger('options.timeout', timeout, 1, longestDelay);
    if (stallTimeout !== undefined) {
      checkInteger('options.stallTimeout', stallTimeout, 1, longestDelay);
    }
    if (signal?.aborted) throw abortError(signal);
    remote.checkOpen('wait');

    const { pollInterval } = remote.connection;
    const limit = stallTimeout ?? pollInterval;
    const polls = Math.max(stallTimeout === undefined ? 1 : 2, Math.ceil(limit / pollInterval));
    this.poll = Math.max(10, Math.ceil(limit / polls));
    this.onStop(
      remote.onClose(() => {
        this.finish(closedError('wait'));
      }),
    );
    // A subscription alone does not keep the process alive.
    this.#after(longestDelay, () => undefined);
    if (timeout !== undefined) {
      this.#after(timeout, () => {
        this.#exceed('ERR_DOSVC_TIMEOUT', `was not transferred within ${String(timeout)} ms`);
      });
    }
    if (stallTimeout !== undefined) this.#watchForStalls(stallTimeout);
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

  /** Adds a value for the consumer. It replaces one that was not taken yet. */
  tell(news: T): void {
    this.#news = news;
    this.#wake?.();
  }

  /** Records that new bytes arrived, so that the time without one begins anew. */
  moved(): void {
    this.#idle = 0;
    this.#counted = performance.now();
  }

  /** Records the current state, for the message of a timeout or a stall. */
  stands(standing: Standing): void {
    this.#standing = standing;
    this.#failed = undefined;
  }

  /** Records the error of the last look, likewise; undefined if it succeeded. */
  read(error?: DosvcError): void {
    this.#failed = error;
  }

  /** Ends the watch, with an error unless this is the end that the caller waited for. */
  finish(error?: Error): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  /** Ends the watch after a last check, with its error if it fails. */
  finishAfter(check: Promise<void>): void {
    check.then(
      () => {
        this.finish();
      },
      (error: unknown) => {
        this.finish(error as Error);
      },
    );
  }

  /** Ends the watch because nothing can follow: what it watches was cancelled, for example. */
  finishOver(how: string): void {
    const message = `The ${this.#what} was ${how}, so it can no longer be waited for.`;
    this.finish(refusal(this.#invalidState, message));
  }

  onStop(stop: () => void): void {
    this.#stops.push(stop);
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.finish();
  }

  /** Takes the value that arrived since the last time, if any. */
  take(): T | undefined {
    const news = this.#news;
    this.#news = undefined;
    return news;
  }

  /** Whether the watch reached the end that the caller waited for. Throws if it ended otherwise. */
  get ended(): boolean {
    if (this.#end?.error !== undefined) throw this.#end.error;
    return this.#end !== undefined;
  }

  /** Resolves when there is a value to take, or when the watch has ended. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #after(milliseconds: number, then: () => void): void {
    const timer = setTimeout(then, milliseconds);
    this.onStop(() => {
      clearTimeout(timer);
    });
  }

  // Counts the time that this process is awake: while the machine sleeps, or while the event loop is
  // blocked, no timer fires, so a tick counts one interval at most. Bytes may have arrived meanwhile, so a
  // tick that comes late does not end the wait: the next one does, after a look.
  #watchForStalls(stallTimeout: number): void {
    this.moved();
    let late = false;
    const timer = setInterval(() => {
      const passed = Math.ceil(performance.now() - this.#counted);
      this.#counted += passed;
      this.#idle += Math.min(passed, this.poll);
      late = !late && passed > 2 * this.poll;
      if (late || this.#idle < stallTimeout) return;
      this.#exceed('ERR_DOSVC_STALLED', `transferred nothing new for ${String(stallTimeout)} ms`);
    }, this.poll);
    this.onStop(() => {
      clearInterval(timer);
    });
  }

  #exceed(code: OwnCode, how: string): void {
    const { state, remedy } = this.#standing ?? {};
    const trouble = this.#failed ?? this.#standing?.trouble;
    const where = state === undefined ? 'It' : `Last seen in the state '${String(state)}', it`;
    const advice =
      remedy === undefined
        ? `${where} continues in the service: wait again, check its error and the network, or end it.`
        : `It is ${String(state)}: ${remedy}.`;
    const whose = this.#failed === undefined ? 'The service reports' : 'Its state cannot be read:';
    const why = trouble == null ? '' : ` ${whose} ${trouble.code}.`;
    const message = `The ${this.#what} ${how}. ${advice}${why}`;
    const blame = trouble?.blame ?? (remedy === undefined ? undefined : 'caller');
    const cause = trouble ?? undefined;
    this.finish(new DosvcError(message, { code, retryable: true, cause, blame }));
  }
}
