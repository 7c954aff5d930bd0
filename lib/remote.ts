// SPDX-License-Identifier: MIT
//
// An object of the service. Objects of the public API reach the boundary through it alone: rows by
// their address, with the types that typings/rows.d.ts gives them.

import type { Call, Followed, Handle, HandleValue, Outcome, Value } from '../typings/binding.js';
import type { Rows } from '../typings/rows.js';
import { binding, listen, unlisten, type Listener } from './binding.js';
import type { Connection } from './connection.js';
import { closedError, errorOf, failed, type Context } from './errors.js';

export type RowName = keyof Rows;
export type RowArgs<Row extends RowName> = Rows[Row]['args'];
export type RowResult<Row extends RowName> = Rows[Row]['result'];

// Lets go of what nobody can reach any more.
const forgotten = new FinalizationRegistry(
  ({ connection, handle }: { connection: Connection; handle: Handle }) => {
    connection.release(handle);
  },
);

export class Remote {
  readonly connection: Connection;
  readonly #handle: Handle;
  #closed = false;

  constructor(connection: Connection, { handle }: HandleValue) {
    this.connection = connection;
    this.#handle = connection.hold(handle);
    forgotten.register(this, { connection, handle }, this);
  }

  /** Calls a method, on the object's own queue: calls on one object keep their order. */
  async call<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<RowResult<Row>> {
    return (await this.outcome(row, ...args)).value as RowResult<Row>;
  }

  /** The same with the success code, which means something for some methods. */
  async outcome<Row extends RowName>(row: Row, ...args: RowArgs<Row>): Promise<Outcome> {
    this.#checkOpen(row);
    const { service, callTimeout } = this.connection;
    const outcome = await this.connection.trace(row, this.#handle, () =>
      binding().invoke(this.#handle, row, plain(args), callTimeout, true),
    );
    resultOf(outcome, { service: service.title, operation: row });
    return outcome;
  }

  /** Several calls in one hop, each with its own outcome; `operation` names them in an error. */
  async hop(operation: string, calls: readonly Call[]): Promise<Outcome[]> {
    this.#checkOpen(operation);
    const { service, callTimeout } = this.connection;
    const start = performance.now();
    const outcomes = await binding().invokeMany(this.#handle, calls, callTimeout, true);
    const elapsed = performance.now() - start;
    outcomes.forEach((outcome, at) => {
      this.connection.debug(calls[at]?.row ?? operation, this.#handle, outcome, elapsed);
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

  /** Hears of the object until the returned function is called. */
  subscribe(options: Value, listener: Listener): Subscription {
    this.#checkOpen('subscribe');
    const handle = binding().subscribe('job', this.#handle, options);
    if (handle === null) throw closedError('subscribe');
    this.connection.hold(handle);
    listen(handle, listener);
    return {
      handle,
      end: () => {
        unlisten(handle);
        this.connection.release(handle);
      },
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
