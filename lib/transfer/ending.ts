// SPDX-License-Identifier: MIT
//
// What ends a download early: the caller's signal, the timeout, or an error of one of the caller's
// functions. Everything that the download waits for listens to one signal.

import { abortError } from '../errors.js';
import { longestDelay } from '../remote/connection.js';
import { KEEP } from './keep.js';

// What is left of the timeout for the clean-up, in milliseconds.
const cleanUpTime = 1000;

export class Ending {
  readonly #controller = new AbortController();
  readonly #undo: (() => void)[] = [];
  /** Rejects when the download ends early; it never resolves. */
  readonly ended: Promise<never>;
  /** Rejects when the timeout has passed, even if the clean-up has not finished; it never resolves. */
  readonly expired: Promise<never>;
  #reject: (error: unknown) => void = () => undefined;
  #error: { thrown: unknown } | undefined;
  /** Whether one of the caller's functions threw the error. */
  isCallers = false;
  #isLate = false;

  /** @param late Makes the error of the timeout. */
  constructor(caller: AbortSignal | undefined, timeout: number | undefined, late: () => Error) {
    this.ended = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    this.ended.catch(() => undefined);
    this.expired = new Promise((_resolve, reject) => {
      if (timeout === undefined) return;
      const reserved = Math.min(cleanUpTime, timeout / 4);
      this.#after(timeout - reserved, () => {
        if (this.signal.aborted) return;
        const error = late();
        this.#isLate = true;
        this.fail(error, error);
      });
      this.#after(timeout, () => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- maybe the caller's own
        reject(this.error);
      });
    });
    this.expired.catch(() => undefined);
    // A download keeps the process alive, whatever it waits for.
    this.#after(longestDelay, () => undefined);
    if (caller !== undefined) this.#follow(caller);
  }

  /** Is aborted when the download ends early. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The error with which the download rejects. */
  get error(): unknown {
    return this.#error?.thrown;
  }

  /** Whether the transfer is kept, for a later download to take it up. */
  get keeps(): boolean {
    return this.signal.reason === KEEP;
  }

  /** Whether a file that only lacks its final name is left for a later download. */
  get keepsChecked(): boolean {
    return this.#isLate || this.keeps;
  }

  /** Throws the error with which the download rejects, if it has ended early. */
  check(): void {
    if (this.#error !== undefined) throw this.#error.thrown;
  }

  /** Ends the download. The first error counts. */
  fail(error: unknown, reason: unknown): void {
    if (this.#error !== undefined) return;
    this.#error = { thrown: error };
    this.#controller.abort(reason);
    this.#reject(error);
  }

  /** Calls one of the caller's functions and does not wait for it. What it throws ends the download. */
  tell<Value>(callback: ((value: Value) => unknown) | undefined, value: Value): void {
    try {
      const told = callback?.(value);
      if (told instanceof Promise) told.catch(this.#failed);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Waits for one of the caller's functions, no longer than the download. What it throws ends it. */
  async within(callback: () => unknown): Promise<void> {
    const work = async () => {
      await callback();
    };
    await Promise.race([work().catch(this.#failed), this.ended]);
    this.check();
  }

  /** Calls a function when the download ends early. Returns what undoes that. */
  onEnd(then: () => void): () => void {
    if (this.signal.aborted) {
      then();
      return () => undefined;
    }
    this.signal.addEventListener('abort', then, { once: true });
    return () => {
      this.signal.removeEventListener('abort', then);
    };
  }

  /** Lets go of the caller's signal and of the timers: the download is over. */
  over(): void {
    for (const undo of this.#undo) undo();
  }

  readonly #failed = (error: unknown): void => {
    this.isCallers ||= this.#error === undefined;
    this.fail(error, error);
  };

  #follow(caller: AbortSignal): void {
    const abort = () => {
      this.fail(abortError(caller), caller.reason);
    };
    if (caller.aborted) abort();
    caller.addEventListener('abort', abort, { once: true });
    this.#undo.push(() => {
      caller.removeEventListener('abort', abort);
    });
  }

  #after(milliseconds: number, then: () => void): void {
    const timer = setTimeout(then, milliseconds);
    this.#undo.push(() => {
      clearTimeout(timer);
    });
  }
}
