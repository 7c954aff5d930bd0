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
  Kept,
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
  isUnknown,
  type Context,
} from './errors.js';
import { Farewells } from './farewells.js';

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
  readonly #closing = new Farewells();
  readonly #farewells = new Farewells();
  readonly #renewed = new Set<() => void>();
  #renewal: Promise<void> | undefined;
  // The last of those who wait for the object, one after the other.
  #turn: Promise<void> | undefined;
  #gone = false;
  // When the service answered last, of this object.
  #answered = -Infinity;
  #closed = false;

  constructor(connection: Connection, { handle }: HandleValue, origin?: Origin) {
    this.connection = connection;
    this.#handle = connection.hold(handle);
    this.#origin = origin;
    forgotten.register(this, { connection, handle }, this);
  }

  /** Shares its queue with all objects that stand for the same. */
  unite(key: string): this {
    binding().unite(this.#handle, key);
    return this;
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
    return this.#outcome(row, args, this.patience);
  }

  /** The same for something that nobody asked for: it does not keep the process alive, either. */
  async callAside<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<RowResult<Row>> {
    return (await this.#outcome(row, args, 0, true)).value as RowResult<Row>;
  }

  async #outcome<Row extends RowName>(
    row: Row,
    args: RowArgs<Row>,
    waiting: number,
    aside = false,
  ): Promise<Outcome> {
    const { service, callTimeout } = this.connection;
    const [outcome] = await this.#send(row, [{ row, args: [] }], waiting, async () => [
      await this.connection.trace(row, this.#handle, () =>
        binding().invoke(this.#handle, row, plain(args), callTimeout, aside),
      ),
    ]);
    if (outcome === undefined) throw closedError(row);
    resultOf(outcome, { service: service.title, operation: row, ends: this.#origin === undefined });
    return outcome;
  }

  /** Lets go of what a call gave and nobody wants. */
  drop({ handle }: HandleValue): void {
    this.connection.release(this.connection.hold(handle));
  }

  /** Several calls in one hop, each with its own outcome; `operation` names them in an error. */
  async hop(operation: string, calls: readonly Call[]): Promise<Outcome[]> {
    const { service, callTimeout } = this.connection;
    const outcomes = await this.#send(operation, calls, this.patience, async () => {
      const start = performance.now();
      const all = await binding().invokeMany(this.#handle, calls, callTimeout);
      const elapsed = performance.now() - start;
      all.forEach((outcome, at) => {
        this.connection.debug(calls[at]?.row ?? operation, this.#handle, outcome, elapsed);
      });
      return all;
    });
    const last = outcomes.at(-1);
    const loss = lossIn(calls, outcomes);
    if (loss !== undefined && !outcomes.includes(loss.outcome)) {
      this.#discard(calls, outcomes);
      throw errorOf(loss.outcome, { service: service.title, operation: loss.row });
    }
    if (last !== undefined && outcomes.length < calls.length) {
      this.#discard(calls, outcomes);
      throw errorOf(last, { service: service.title, operation });
    }
    return outcomes;
  }

  /** A call that gives objects, with calls on each of them, in one hop. */
  async list<Row extends RowName>(
    row: Row,
    args: RowArgs<Row>,
    then: readonly Call[],
  ): Promise<Kept[]> {
    const [outcome] = await this.hop(row, [callOf(row, args, { then, keep: true })]);
    return resultOf(outcome, {
      service: this.connection.service.title,
      operation: row,
    }) as unknown as Kept[];
  }

  /** Milliseconds for which a service that went away is waited for. */
  get patience(): number {
    return Math.min(this.connection.callTimeout, longestPatience);
  }

  // What was found gone is had again before anything is sent.
  async #send(
    operation: string,
    calls: readonly Call[],
    waiting: number,
    run: () => Promise<Outcome[]>,
  ): Promise<Outcome[]> {
    const late = performance.now() + waiting;
    const reads = calls.every(({ row }) => changesNothing(row));
    for (let delay = 0; ; delay = after(delay)) {
      if (delay > 0) await sleep(delay);
      const outcomes = await this.#inTurn(operation, late, run);
      const well = lossIn(calls, outcomes) === undefined;
      if (well && outcomes.some(({ stage }) => stage === undefined)) {
        this.#answered = performance.now();
      }
      if (this.#origin === undefined || well) return outcomes;
      this.#gone = true;
      if (!reads || performance.now() + delay > late) return outcomes;
      this.#discard(calls, outcomes);
    }
  }

  // Of what failed in part nobody has what it gave.
  #discard(calls: readonly Call[], outcomes: readonly Outcome[]): void {
    for (const [at, outcome] of outcomes.entries()) {
      if (failed(outcome) || calls[at]?.keep !== true) continue;
      for (const { object } of givenBy(outcome)) if (object !== null) this.drop(object);
    }
  }

  // Calls that wait for the object go on in the order in which they came.
  async #inTurn<T>(operation: string, late: number, run: () => Promise<T>): Promise<T> {
    this.checkOpen(operation);
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
      this.checkOpen(operation);
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
        if (!wasGone(error) || performance.now() + delay > late) throw error;
      }
      await sleep(delay);
    }
  }

  /** Has the object again; everybody who asks meanwhile waits for the same. */
  #renew(): Promise<void> {
    const renew = async () => {
      if (this.#origin === undefined) return;
      const source = await this.#origin();
      binding().renew(this.#handle, source.handle);
      this.drop(source);
      this.#gone = false;
      for (const renewed of this.#renewed) renewed();
    };
    this.#renewal ??= renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Hears of the object until the returned function is called. */
  subscribe(options: Value, listener: Listener): Subscription {
    this.checkOpen('subscribe');
    const handle = binding().subscribe('job', this.#handle, options);
    if (handle === null) throw closedError('subscribe');
    this.connection.hold(handle);
    let heard = true;
    const mend = this.#mender(listener, () => heard && this.open);
    listen(handle, (event) => {
      const went = event.kind === 'lost' && isGone((event.value as unknown as Trouble).hresult);
      if (went && this.#origin !== undefined) {
        void mend(event);
      } else {
        this.#answered = performance.now();
        listener(event);
      }
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
  // again, and what was missed meanwhile is told then. That does not keep the process alive. What is
  // the matter is told only where it lasts, and only a job that is no more ends it. It does not last
  // where the service answered in between, however often it dies.
  #mender(listener: Listener, heard: () => boolean): (event: BindingEvent) => Promise<void> {
    let [since, latest, delay, told, mending] = [0, -Infinity, 0, false, false];
    return async (event) => {
      this.#gone = true;
      if (mending) return;
      mending = true;
      const now = performance.now();
      if (now - latest > this.patience) [since, delay, told] = [now, 0, false];
      for (let trouble = event.value as unknown as Trouble; heard();) {
        latest = performance.now();
        if (this.#answered > since) [since, delay, told] = [this.#answered, 0, false];
        if (!told && latest - since >= this.patience) {
          told = true;
          listener({ ...event, value: { ...trouble, lasts: true } });
        }
        if (delay > 0) await sleep(delay, undefined, { ref: false });
        delay = after(delay);
        latest = performance.now();
        try {
          await this.#renew();
          break;
        } catch (error) {
          trouble = troubleIn(error) ?? trouble;
          if (!isUnknown(trouble.hresult)) continue;
          if (heard()) listener({ ...event, value: { ...trouble, lasts: true } });
          break;
        }
      }
      mending = false;
    };
  }

  /** Calls back each time that the object was had again, until the returned function is called. */
  onRenewed(renewed: () => void): () => void {
    this.#renewed.add(renewed);
    return () => {
      this.#renewed.delete(renewed);
    };
  }

  get open(): boolean {
    return !this.#closed && !this.connection.closed;
  }

  /** Calls back when this object or its connection is closed, until the returned function is called. */
  onClose(farewell: () => void): () => void {
    const stops = [this.#farewells.add(farewell), this.connection.onClose(farewell)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** The same a moment before, as long as calls can be made. */
  onClosing(farewell: () => void): () => void {
    const stops = [this.#closing.add(farewell), this.connection.onClosing(farewell)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Ends what goes on with the object; it is closed next. */
  part(): void {
    this.#closing.say();
  }

  close(): void {
    this.part();
    this.#closed = true;
    forgotten.unregister(this);
    this.connection.release(this.#handle);
    this.#farewells.say();
  }

  /** Throws `ERR_DOSVC_CLOSED` where it is not. */
  checkOpen(operation: string): void {
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

/** The first call that the service went away in, also among those that were made on what a call gave. */
function lossIn(
  calls: readonly Call[],
  outcomes: readonly Outcome[],
): { row: string; outcome: Outcome } | undefined {
  for (const [at, outcome] of outcomes.entries()) {
    const { row = '', then = [] } = calls[at] ?? {};
    if (lost(outcome)) return { row, outcome };
    if (then.length === 0 || failed(outcome)) continue;
    for (const each of givenBy(outcome)) {
      const loss = lossIn(then, each.outcomes);
      if (loss !== undefined) return loss;
    }
  }
  return undefined;
}

/** The object that a call gave, or each that it listed, with what was called on it. */
function givenBy({ value }: Outcome): readonly Followed[] {
  const given = value as unknown as Followed | readonly Followed[] | null;
  if (given === null) return [];
  return 'outcomes' in given ? [given] : given;
}

function wasGone(error: unknown): boolean {
  return error instanceof DosvcError && isGone(error.hresult);
}

function troubleIn(error: unknown): Trouble | undefined {
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
