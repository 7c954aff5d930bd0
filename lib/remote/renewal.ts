// SPDX-License-Identifier: MIT
//
// Re-fetches an object from its origin after its service stopped, and repeats calls that only read. It
// does so once for all calls that wait for the object; these then proceed in the order in which they
// came.

import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyCall, HandleValue, Outcome } from '../../typings/binding.js';
import { isGone } from '../codes.js';
import { changesNothing, DosvcError } from '../errors.js';
import { handlesIn, lossIn } from './calls.js';
import type { Connection } from './connection.js';

/** Fetches the same object again from a restarted service. */
export type Origin = () => Promise<HandleValue>;

/** Calls that were made, with their outcomes. */
export interface Sent<Calls extends readonly AnyCall[], Outcomes extends readonly Outcome[]> {
  calls: Calls;
  outcomes: Outcomes;
}

/** The delay that follows a delay, in milliseconds. */
function after(delay: number): number {
  return delay === 0 ? 50 : Math.min(2 * delay, 2000);
}

export class Renewal {
  readonly #origin: Origin | undefined;
  readonly #connection: Connection;
  readonly #replace: (source: HandleValue) => void;
  readonly #renewed = new Set<() => void>();
  #renewal: Promise<void> | undefined;
  // The last of the calls that wait for the object.
  #turn: Promise<void> | undefined;
  #gone = false;
  #answered = -Infinity;

  /** @param replace Puts the object that the origin returned in this object's place. */
  constructor(
    connection: Connection,
    origin: Origin | undefined,
    replace: (source: HandleValue) => void,
  ) {
    this.#connection = connection;
    this.#origin = origin;
    this.#replace = replace;
  }

  /** Whether the object can be re-fetched; otherwise it ends with its service. */
  get possible(): boolean {
    return this.#origin !== undefined;
  }

  /** Records that the service was found gone: the object is re-fetched before the next call. */
  lose(): void {
    this.#gone = true;
  }

  /**
   * Calls back each time the object was re-fetched, before the calls that wait for it. Returns what
   * unregisters it.
   */
  onRenewed(renewed: () => void): () => void {
    this.#renewed.add(renewed);
    return () => {
      this.#renewed.delete(renewed);
    };
  }

  /** When the service last answered for the object, as a `performance.now()` time. */
  get answered(): number {
    return this.#answered;
  }

  /**
   * Sends calls once the object is available. If they find the service gone and only read, they are sent
   * again.
   *
   * @param patience How long, in milliseconds, to wait for a service that does not come back.
   * @param check Throws if nothing must be sent any more.
   */
  async send<Calls extends readonly AnyCall[], Outcomes extends readonly Outcome[]>(
    patience: number,
    check: () => void,
    run: () => Promise<Sent<Calls, Outcomes>>,
  ): Promise<Sent<Calls, Outcomes>> {
    const late = performance.now() + patience;
    for (let delay = 0; ; delay = after(delay)) {
      if (delay > 0) await sleep(delay);
      const sent = await this.#inTurn(late, check, run);
      const { calls, outcomes } = sent;
      const well = lossIn(calls, outcomes) === undefined;
      if (well && outcomes.some(({ stage }) => stage === undefined)) {
        this.#answered = performance.now();
      }
      if (well || !this.possible) return sent;
      this.lose();
      const reads = calls.every(({ row }) => changesNothing(row));
      if (!reads || performance.now() + delay > late) return sent;
      handlesIn(calls, outcomes).forEach((object) => {
        this.#connection.drop(object);
      });
    }
  }

  // Runs `run` once the object is available, in turn.
  async #inTurn<T>(late: number, check: () => void, run: () => Promise<T>): Promise<T> {
    check();
    if (!this.#gone && this.#turn === undefined) return run();
    const before = this.#turn;
    let leave = (): void => undefined;
    const turn = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#turn = turn;
    let running: Promise<T>;
    try {
      await before;
      if (this.#gone) await this.#recover(late);
      check();
      running = run();
    } finally {
      leave();
      if (this.#turn === turn) this.#turn = undefined;
    }
    return running;
  }

  async #recover(late: number): Promise<void> {
    for (let delay = after(0); ; delay = after(delay)) {
      try {
        await this.#renew();
        return;
      } catch (error) {
        const gone = error instanceof DosvcError && isGone(error.hresult);
        if (!gone || performance.now() + delay > late) throw error;
      }
      await sleep(delay);
    }
  }

  #renew(): Promise<void> {
    const renew = async () => {
      if (this.#origin === undefined) return;
      this.#replace(await this.#origin());
      this.#gone = false;
      for (const renewed of this.#renewed) renewed();
    };
    this.#renewal ??= renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }
}
