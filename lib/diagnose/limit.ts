// SPDX-License-Identifier: MIT
//
// How long diagnose() may take. A check that is cut short is a finding, and the others stand.

import { DosvcError } from '../errors.js';
import { factsOf } from './error-facts.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const limitTable = {
  'check-incomplete': {
    severity: 'warning',
    meaning: 'The check of {check} took too long and was ended.',
    advice: 'Give diagnose() a longer timeout. A service that hangs takes any time.',
  },
  'check-failed': {
    severity: 'warning',
    meaning: 'The check of {check} failed: {code}. {why}',
    advice: '{remedy}',
  },
} as const satisfies Record<string, Entry>;

const finding = findingsIn(limitTable);

export class Limit {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #ends: number;
  readonly #timer: NodeJS.Timeout;
  readonly #abort = () => {
    this.#controller.abort(this.#caller?.reason);
  };
  #late = false;

  /** @param timeout In milliseconds. */
  constructor(caller: AbortSignal | undefined, timeout: number) {
    this.#caller = caller;
    this.#ends = performance.now() + timeout;
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#controller.abort();
    }, timeout);
    caller?.addEventListener('abort', this.#abort, { once: true });
  }

  /** Ends the checks: the caller aborted, or the time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it was the time that ended them. */
  get isLate(): boolean {
    return this.#late;
  }

  /** How long a call to a service may take, in milliseconds. */
  get callTimeout(): number {
    return Math.round(Math.min(Math.max(this.#ends - performance.now(), 1), longestCall));
  }

  /** The findings of a check, or the one that it did not end. Rejects if the caller aborted. */
  async check<One extends Finding>(
    name: string,
    check: () => Promise<readonly One[]>,
  ): Promise<readonly (One | Finding<keyof typeof limitTable>)[]> {
    const facts = { check: name };
    try {
      this.signal.throwIfAborted();
      return await check();
    } catch (error) {
      if (this.#caller?.aborted === true) throw error;
      if (this.#late) return [finding('check-incomplete', { facts })];
      return [finding('check-failed', { facts: { ...facts, ...causeOf(error) } })];
    }
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#abort);
  }
}

// The system refuses a folder for temporary files or a port. Anything else is a mistake of this package.
function causeOf(error: unknown): ReturnType<typeof factsOf> {
  if (error instanceof DosvcError) return factsOf(error);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  const why = `The system refused the call ${syscall}.`;
  return {
    code,
    why,
    remedy: 'Check the rights of this process and the folder for temporary files.',
  };
}

/** The results of all, once all have ended: what one leaves to clean up is then cleaned up. */
export async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(promises);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

// A service that hangs must not take the time of all checks.
const longestCall = 10_000;
