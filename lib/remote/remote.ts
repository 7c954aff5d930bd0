// SPDX-License-Identifier: MIT
//
// An object of the service. Objects of the public API reach the boundary only through it: they name a
// row by its address, and typings/rows.d.ts types it.
//
// When the service has stopped, an object that knows its origin is re-fetched from there before its
// next call, and a call that only reads is repeated. The handle and the strand stay the same.

import type {
  AnyCall,
  Handle,
  HandleValue,
  Kept,
  Outcome,
  Outcomes,
  RowArgs,
  RowName,
  RowResult,
  SinkKind,
} from '../../typings/binding.js';
import { closedError, DosvcError, errorOf, failed, type Context } from '../errors.js';
import { callOf, givenBy, handlesIn, isKept, lossIn, resultOf } from './calls.js';
import { Connection, type ConnectOptions } from './connection.js';
import type { SharedState } from './shared-state.js';
import { Lifetime } from './lifetime.js';
import { binding } from './loader.js';
import { Renewal, type Origin, type Sent } from './renewal.js';

// Releases the handle of an object that was garbage-collected.
const forgotten = new FinalizationRegistry(
  ({ connection, handle }: { connection: Connection; handle: Handle }) => {
    connection.release(handle);
  },
);

// The longest time, in milliseconds, to wait for a service to come back: after a service is killed,
// activation fails for some seconds.
const longestPatience = 15_000;

/** How a call or a hop is sent. */
interface Manner {
  /** How long, in milliseconds, to wait for a service that has stopped. */
  patience: number;
  /** Whether it is a background call: without a deadline, and the process may end meanwhile. */
  background?: boolean;
  /** Called when the outcomes arrive, in order with everything else that arrives. */
  heard?: () => void;
}

export class Remote extends Lifetime {
  readonly connection: Connection;
  readonly #handle: Handle;
  readonly #renewal: Renewal;
  #shared: SharedState | undefined;

  constructor(connection: Connection, { handle }: HandleValue, origin?: Origin) {
    super(connection);
    this.connection = connection;
    this.#handle = connection.hold(handle);
    this.#renewal = new Renewal(connection, origin, (source) => {
      binding().renew(this.#handle, source.handle);
      connection.drop(source);
    });
    forgotten.register(this, { connection, handle }, this);
  }

  /** Activates a service's class and queries it for the manager's interface, which `manager` names. */
  static async connect(manager: string, options: ConnectOptions | undefined): Promise<Remote> {
    const connection = new Connection(options);
    const activate = () => connection.activate(manager);
    return new Remote(connection, await activate(), activate);
  }

  /** Shares one strand with all objects that stand for the same job or download. */
  unite(shared: SharedState): this {
    this.#shared = shared;
    binding().unite(this.#handle, shared.key);
    return this;
  }

  /** Calls a method on the object's strand, so calls on one object keep their order. */
  async call<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<RowResult<Row>> {
    return (await this.outcome(row, ...args)).value;
  }

  /** Like {@link call}, but does not wait for a service that has stopped. */
  async callAtOnce<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<RowResult<Row>> {
    return (await this.#outcome(row, args, { patience: 0 })).value;
  }

  /** Like {@link call}, but also returns the success code, which some methods give a meaning. */
  outcome<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<Success<Row>> {
    return this.#outcome(row, args, { patience: this.patience });
  }

  /** Like {@link callAtOnce}, as a background call: no deadline, and the process may end meanwhile. */
  async callInBackground<Row extends RowName>(
    row: Row,
    ...args: RowArgs<Row>
  ): Promise<RowResult<Row>> {
    return (await this.#outcome(row, args, { patience: 0, background: true })).value;
  }

  async #outcome<Row extends RowName>(
    row: Row,
    args: RowArgs<Row>,
    manner: Manner,
  ): Promise<Success<Row>> {
    const made = [{ row, args }];
    const { outcomes } = await this.#send(
      row,
      () => made,
      manner,
      async (_calls, ...waiting) => {
        const start = performance.now();
        const answer = await binding().invoke(this.#handle, row, args, ...waiting);
        this.#arrived({ row, args }, answer, start);
        return [answer] as const;
      },
    );
    const [outcome] = outcomes;
    return { hresult: outcome.hresult, value: this.resultOf(outcome, row) };
  }

  /**
   * Makes several calls in one hop, each with its own outcome. `operation` names them in errors.
   *
   * @param make Returns the calls as they are sent: a callback object that they name may have ended while
   * they waited for a service that had stopped.
   */
  hop<const Calls extends readonly AnyCall[]>(
    operation: RowName,
    make: () => Calls,
  ): Promise<Outcomes<Calls>> {
    return this.#hop(operation, make, { patience: this.patience });
  }

  /**
   * Like {@link hop}, as a background call.
   *
   * @param heard Called when the outcomes arrive, in order with everything else that arrives.
   */
  hopInBackground<const Calls extends readonly AnyCall[]>(
    operation: RowName,
    calls: Calls,
    heard: () => void,
  ): Promise<Outcomes<Calls>> {
    return this.#hop(operation, () => calls, { patience: 0, background: true, heard });
  }

  /**
   * A background hop that is sent at once, ahead of calls that wait for the object to be re-fetched: it
   * sets again what a restarted service has lost. Resolves to the service's refusals.
   */
  async hopFirst(operation: RowName, calls: readonly AnyCall[]): Promise<DosvcError[]> {
    this.checkOpen(operation);
    const start = performance.now();
    const outcomes = await binding().invokeMany(this.#handle, calls, null, true);
    for (const [at, outcome] of outcomes.entries()) {
      this.connection.report(calls[at]?.row ?? operation, this.#handle, outcome, start);
    }
    if (this.#renewal.possible && lossIn(calls, outcomes) !== undefined) this.#renewal.lose();
    return outcomes.flatMap((outcome, at) => {
      if (!failed(outcome) || outcome.stage === 'skipped') return [];
      const error = this.errorOf(outcome, calls[at]?.row ?? operation);
      return error instanceof DosvcError ? [error] : [];
    });
  }

  async #hop<Calls extends readonly AnyCall[]>(
    operation: RowName,
    make: () => Calls,
    manner: Manner,
  ): Promise<Outcomes<Calls>> {
    const sent = await this.#send(operation, make, manner, async (some, ...waiting) => {
      const start = performance.now();
      const all = await binding().invokeMany(this.#handle, some, ...waiting);
      for (const [at, outcome] of all.entries()) {
        this.#arrived(some[at] ?? { row: operation, args: [] }, outcome, start);
      }
      manner.heard?.();
      return all;
    });
    const { calls, outcomes } = sent;
    const [last, loss] = [outcomes.at(-1), lossIn(calls, outcomes)];
    let failure = loss !== undefined && !outcomes.includes(loss.outcome) ? loss : undefined;
    if (last !== undefined && outcomes.length < calls.length) {
      failure ??= { row: operation, outcome: last };
    }
    if (failure === undefined) return outcomes;
    // The caller does not get the objects that the other calls returned.
    for (const object of handlesIn(calls, outcomes)) this.connection.drop(object);
    throw this.errorOf(failure.outcome, failure.row);
  }

  /** Makes a call that returns objects, and `then` calls on each of them, in one hop. */
  async list<Row extends RowName, const Then extends readonly AnyCall[]>(
    row: Row,
    args: RowArgs<Row>,
    then: Then,
  ): Promise<Kept<Then>[]> {
    const calls: readonly AnyCall[] = [callOf(row, args, { then, keep: true })];
    const [outcome] = await this.hop(row, () => calls);
    this.resultOf(outcome, row);
    return outcome === undefined ? [] : givenBy(outcome).filter(isKept<Then>);
  }

  /** How long, in milliseconds, a call waits for a service that has stopped. */
  get patience(): number {
    return Math.min(this.connection.callTimeout, longestPatience);
  }

  // Runs in the microtask in which the outcome arrives, so that counts and events keep their order.
  #arrived(call: AnyCall, outcome: Outcome, start: number): void {
    this.#shared?.answered(call, outcome);
    this.#report(call, outcome, start);
  }

  #report({ row, then = [] }: AnyCall, outcome: Outcome, start: number): void {
    // Unless somebody observes the calls, walking through a long list of objects is wasted work.
    if (!this.connection.isObserved) return;
    this.connection.report(row, this.#handle, outcome, start);
    if (then.length === 0) return;
    for (const { outcomes } of givenBy(outcome)) {
      for (const [at, each] of then.entries()) {
        const answer = outcomes[at];
        if (answer !== undefined) this.#report(each, answer, start);
      }
    }
  }

  #send<Calls extends readonly AnyCall[], Answers extends readonly Outcome[]>(
    operation: string,
    make: () => Calls,
    { patience, background = false }: Manner,
    invoke: (calls: Calls, timeout: number | null, background: boolean) => Promise<Answers>,
  ): Promise<Sent<Calls, Answers>> {
    if (!background && this.#shared !== undefined) this.#shared.sent += 1;
    const check = () => {
      this.checkOpen(operation);
    };
    return this.#renewal.send(patience, check, async () => {
      const calls = make();
      const timeout = background ? null : this.connection.callTimeout;
      return { calls, outcomes: await invoke(calls, timeout, background) };
    });
  }

  /** The value of an outcome. Throws the error of a failed one. */
  resultOf<Result>(outcome: Outcome<Result> | undefined, operation: string): Result {
    return resultOf(outcome, this.#context(operation));
  }

  /** The error of a failed outcome. */
  errorOf(outcome: Outcome, operation: string): Error {
    return errorOf(outcome, this.#context(operation));
  }

  #context(operation: string): Context {
    return { service: this.connection.service.title, operation, ends: !this.#renewal.possible };
  }

  /**
   * Creates a callback object that looks at this object, by these calls, each time the service calls
   * it. It lives until it is released, even if this object is closed.
   *
   * @param brought The calls that it makes on each file that the service's calls carry.
   */
  sink(kind: SinkKind, look: readonly AnyCall[] = [], brought: readonly AnyCall[] = []): Handle {
    this.checkOpen('subscribe');
    const handle = binding().subscribe(kind, this.#handle, null, look, brought);
    if (handle === null) throw closedError('subscribe');
    return handle;
  }

  /** The number of calls made so far on the job or download, without looks and callback objects. */
  get calls(): number {
    return this.#shared?.sent ?? 0;
  }

  /** When the service last answered for this object, as a `performance.now()` time. */
  get answered(): number {
    return this.#renewal.answered;
  }

  /**
   * Calls back each time the object was re-fetched, before the calls that wait for it. Returns what
   * unregisters it.
   */
  onRenewed(renewed: () => void): () => void {
    return this.#renewal.onRenewed(renewed);
  }

  override close(): void {
    super.close(() => {
      forgotten.unregister(this);
      this.connection.release(this.#handle);
    });
  }

  /** Throws `ERR_DOSVC_CLOSED` if the object is closed. */
  checkOpen(operation: string): void {
    if (!this.open) throw closedError(operation);
  }
}

interface Success<Row extends RowName> {
  hresult: number;
  value: RowResult<Row>;
}
