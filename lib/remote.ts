// SPDX-License-Identifier: MIT
//
// An object of the service. Objects of the public API reach the boundary through it alone: rows by
// their address, with the types that typings/rows.d.ts gives them.
//
// Where the service has gone, an object that knows where it came from is had again from there before
// its next call, and a call that only reads is repeated: its handle, its queue and its subscriptions
// stay the same.

import { setTimeout as sleep } from 'node:timers/promises';
import type {
  BindingEvent,
  Call,
  Followed,
  Handle,
  HandleValue,
  Outcome,
  Value,
} from '../typings/binding.js';
import type { Rows } from '../typings/rows.js';
import { binding, listen, unlisten, type Listener } from './binding.js';
import type { Connection } from './connection.js';
import {
  changesNothing,
  closedError,
  DosvcError,
  errorOf,
  failed,
  isGone,
  type Context,
} from './errors.js';

export type RowName = keyof Rows;
export type RowArgs<Row extends RowName> = Rows[Row]['args'];
export type RowResult<Row extends RowName> = Rows[Row]['result'];

// Lets go of what nobody can reach any more.
const forgotten = new FinalizationRegistry(
  ({ connection, handle }: { connection: Connection; handle: Handle }) => {
    connection.release(handle);
  },
);

/** Gives the same object anew, once the service is there again. */
export type Origin = () => Promise<HandleValue>;

// How long a service that went away is waited for: after one was killed, activation fails for some
// seconds.
const longestPatience = 15_000;

/** The delay after a delay. */
function after(delay: number): number {
  return delay === 0 ? 50 : Math.min(2 * delay, 2000);
}

export class Remote {
  readonly connection: Connection;
  readonly #handle: Handle;
  readonly #origin: Origin | undefined;
  #renewal: Promise<void> | undefined;
  #gone = false;
  #closed = false;

  constructor(connection: Connection, { handle }: HandleValue, origin?: Origin) {
    this.connection = connection;
    this.#handle = connection.hold(handle);
    this.#origin = origin;
    forgotten.register(this, { connection, handle }, this);
  }

  /** Calls a method, on the object's own queue: calls on one object keep their order. */
  async call<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<RowResult<Row>> {
    return (await this.outcome(row, ...args)).value as RowResult<Row>;
  }

  /** The same without waiting for a service that went away. */
  async callAtOnce<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<RowResult<Row>> {
    return (await this.#outcome(row, args, 0)).value as RowResult<Row>;
  }

  /** The same with the success code, which means something for some methods. */
  outcome<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<Outcome> {
    return this.#outcome(row, args, this.#patience);
  }

  async #outcome<Row extends RowName>(
    row: Row,
    args: RowArgs<Row>,
    waiting: number,
  ): Promise<Outcome> {
    const { service, callTimeout } = this.connection;
    const [outcome] = await this.#send(row, changesNothing(row), waiting, async () => [
      await this.connection.trace(row, this.#handle, () =>
        binding().invoke(this.#handle, row, plain(args), callTimeout, true),
      ),
    ]);
    const context = { service: service.title, operation: row };
    if (outcome === undefined) throw closedError(row);
    resultOf(outcome, context);
    return outcome;
  }

  /** Several calls in one hop, each with its own outcome; `operation` names them in an error. */
  async hop(operation: string, calls: readonly Call[]): Promise<Outcome[]> {
    const { service, callTimeout } = this.connection;
    const reads = calls.every(({ row }) => changesNothing(row));
    const outcomes = await this.#send(operation, reads, this.#patience, async () => {
      const start = performance.now();
      const all = await binding().invokeMany(this.#handle, calls, callTimeout, true);
      const elapsed = performance.now() - start;
      all.forEach((outcome, at) => {
        this.connection.debug(calls[at]?.row ?? operation, this.#handle, outcome, elapsed);
      });
      return all;
    });
    const last = outcomes.at(-1);
    if (last !== undefined && outcomes.length < calls.length) {
      throw errorOf(last, { service: service.title, operation });
    }
    return outcomes;
  }

  /** A call that gives objects, with calls on each of them, in one hop. */
  async list<Row extends RowName>(
    row: Row,
    args: RowArgs<Row>,
    then: readonly Call[],
  ): Promise<Followed[]> {
    const [outcome] = await this.hop(row, [callOf(row, args, { then, keep: true })]);
    return resultOf(outcome, {
      service: this.connection.service.title,
      operation: row,
    }) as unknown as Followed[];
  }

  get #patience(): number {
    return Math.min(this.connection.callTimeout, longestPatience);
  }

  // What was found gone is had again before anything is sent.
  async #send(
    operation: string,
    reads: boolean,
    waiting: number,
    run: () => Promise<Outcome[]>,
  ): Promise<Outcome[]> {
    const late = performance.now() + waiting;
    let delay = 0;
    const last = () => performance.now() + delay > late;
    for (;;) {
      if (this.#gone) {
        if (delay > 0) await sleep(delay);
        delay = after(delay);
        try {
          await this.#renew();
        } catch (error) {
          if (!wasGone(error) || last()) throw error;
          continue;
        }
      }
      this.#checkOpen(operation);
      const outcomes = await run();
      if (this.#origin === undefined || !outcomes.some(lost)) return outcomes;
      this.#gone = true;
      if (!reads || last()) return outcomes;
    }
  }

  /** Has the object again; everybody who asks meanwhile waits for the same. */
  #renew(): Promise<void> {
    const { connection } = this;
    const renew = async () => {
      if (this.#origin === undefined) return;
      const { handle } = await this.#origin();
      binding().renew(this.#handle, handle);
      connection.release(connection.hold(handle));
      this.#gone = false;
    };
    this.#renewal ??= renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Hears of the object until the returned function is called. */
  subscribe(options: Value, listener: Listener): Subscription {
    this.#checkOpen('subscribe');
    const handle = binding().subscribe('job', this.#handle, options);
    if (handle === null) throw closedError('subscribe');
    this.connection.hold(handle);
    let heard = true;
    const mend = this.#mender(listener, () => heard && this.open);
    listen(handle, (event) => {
      const went = event.kind === 'lost' && isGone((event.value as unknown as Trouble).hresult);
      if (went && this.#origin !== undefined) void mend(event);
      else listener(event);
    });
    return {
      handle,
      end: () => {
        heard = false;
        unlisten(handle);
        this.connection.release(handle);
      },
    };
  }

  // What becomes of a subscription whose object went away: as long as somebody listens, it is had
  // again, and what was missed meanwhile is told then. That does not keep the process alive, and it
  // is told only where it lasts.
  #mender(listener: Listener, heard: () => boolean): (event: BindingEvent) => Promise<void> {
    let [since, latest, delay, told] = [0, -Infinity, 0, false];
    return async (event) => {
      this.#gone = true;
      const now = performance.now();
      if (now - latest > this.#patience) [since, delay, told] = [now, 0, false];
      for (let trouble = event.value; heard();) {
        latest = performance.now();
        if (!told && latest - since >= this.#patience) {
          told = true;
          listener({ ...event, value: trouble });
        }
        if (delay > 0) await sleep(delay, undefined, { ref: false });
        delay = after(delay);
        latest = performance.now();
        try {
          await this.#renew();
          return;
        } catch (error) {
          trouble = troubleIn(error) ?? trouble;
          if (wasGone(error)) continue;
          if (heard()) listener({ ...event, value: trouble });
          return;
        }
      }
    };
  }

  get open(): boolean {
    return !this.#closed && !this.connection.closed;
  }

  close(): void {
    this.#closed = true;
    forgotten.unregister(this);
    this.connection.release(this.#handle);
  }

  #checkOpen(operation: string): void {
    if (!this.open) throw closedError(operation);
  }
}

interface Trouble {
  operation: string;
  hresult: number;
}

function lost(outcome: Outcome): boolean {
  return failed(outcome) && outcome.stage !== 'argument' && isGone(outcome.hresult);
}

function wasGone(error: unknown): boolean {
  return error instanceof DosvcError && isGone(error.hresult);
}

function troubleIn(error: unknown): Value | undefined {
  if (!(error instanceof DosvcError)) return undefined;
  const { operation = '', hresult } = error;
  return hresult === undefined ? undefined : { operation, hresult };
}

export interface Subscription {
  /** Stands for our sink where a row takes one. */
  readonly handle: Handle;
  end(): void;
}

/** A call for {@link Remote.hop}. */
export function callOf<Row extends RowName>(
  row: Row,
  args: RowArgs<Row>,
  more: Pick<Call, 'then' | 'keep'> = {},
): Call {
  return { row, args: plain(args), ...more };
}

/** The value of an outcome of {@link Remote.hop}, or null where that call failed. */
export function valueOf<Row extends RowName>(
  _row: Row,
  outcome: Outcome | undefined,
): RowResult<Row> | null {
  return outcome === undefined || failed(outcome) ? null : (outcome.value as RowResult<Row>);
}

/** The value of an outcome, or its error thrown. */
export function resultOf(outcome: Outcome | undefined, context: Context): Value {
  if (outcome === undefined) throw closedError(context.operation);
  if (failed(outcome)) throw errorOf(outcome, context);
  return outcome.value;
}

/** What came of the calls behind a call that gives an object, or null where it failed. */
export function followed(outcome: Outcome | undefined): Followed | null {
  return outcome === undefined || failed(outcome)
    ? null
    : (outcome.value as unknown as Followed | null);
}

// Interfaces have no index signature, so that the compiler cannot see that they are plain.
function plain(args: readonly unknown[]): readonly Value[] {
  return args as readonly Value[];
}
