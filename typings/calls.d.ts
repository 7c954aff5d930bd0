// SPDX-License-Identifier: MIT
//
// Calls of rows and their outcomes: a tuple of calls has a tuple of outcomes.

import type { Rows } from './rows.js';
import type { HandleValue, Value } from './values.js';

export type RowName = keyof Rows;
export type RowArgs<Row extends RowName> = Rows[Row]['args'];
export type RowResult<Row extends RowName> = Rows[Row]['result'];

/** Where a call ended, unless it ended in the method itself. */
export type Stage =
  /** The service's class could not be activated. */
  | 'activation'
  /** The object does not have the method's interface. */
  | 'interface'
  /** An argument is invalid; nothing was sent. */
  | 'argument'
  /** The method returned, but its result could not be read completely. */
  | 'result'
  /** The deadline passed. */
  | 'timeout'
  /** The handle had been released. */
  | 'closed'
  /** A condition did not hold; nothing was sent. */
  | 'skipped';

export interface Outcome<Result = unknown> {
  /** Unsigned, and also kept on success, because S_FALSE and the BG_S_ codes have a meaning. */
  hresult: number;
  /** Null if the call failed. */
  value: Result | null;
  stage?: Stage;
  /** The call may have been carried out although its result is unknown. */
  mayHaveRun?: true;
  detail?: string;
}

/** A call of a hop, of any row. */
export interface AnyCall {
  row: RowName;
  args: readonly unknown[];
  /**
   * Calls made in the same hop on the object that this call returns, or on each that it lists. The
   * result then has a {@link Followed} in place of each object.
   */
  then?: readonly AnyCall[];
  /** Whether the results include the handles of those objects. */
  keep?: boolean;
  /** The call is made only if an earlier call of the hop, by index, returned one of these values. */
  when?: { call: number; gave: readonly Value[] };
  /** In a sink's look: an object that the service's call carried is the value, without a call. */
  brought?: boolean;
  loan?: Loan;
}

export interface Call<
  Row extends RowName = RowName,
  Then extends readonly AnyCall[] = readonly AnyCall[],
> extends AnyCall {
  row: Row;
  args: RowArgs<Row>;
  then?: Then;
}

/**
 * Makes what a call sets last only as long as a sink. When the sink ends, also with its environment,
 * the previous value is put back, but only if the set value is still in effect. `sink` belongs to the
 * job on which the call is made; `read` is the row that reads the value.
 */
export interface Loan {
  sink: HandleValue;
  read: RowName;
  /**
   * `set`: sets the argument; the previous value is null. `add`: adds the argument's bits to the
   * current ones; the call is skipped if these include them already or cannot be read. `renew`: the
   * same in a restarted service, where the sink still knows the previous value. `keep`: sets the
   * argument for good.
   */
  how: 'set' | 'add' | 'renew' | 'keep';
}

/** An object that a call returned, with the outcomes of the calls made on it. */
export interface Followed<Then extends readonly AnyCall[] = readonly AnyCall[]> {
  /** Null unless the call had `keep`. */
  object: HandleValue | null;
  outcomes: Outcomes<Then>;
}

/** A {@link Followed} that has its handle. */
export interface Kept<Then extends readonly AnyCall[]> extends Followed<Then> {
  object: HandleValue;
}

/** The outcome of a call. */
export type OutcomeOf<One extends AnyCall> =
  One extends Call<infer Row, infer Then>
    ? Outcome<Then extends readonly [] ? RowResult<Row> : Given<RowResult<Row>, Then>>
    : Outcome;
type Given<Result, Then extends readonly AnyCall[]> = Result extends HandleValue
  ? Followed<Then>
  : Result extends HandleValue[]
    ? Followed<Then>[]
    : Result;

export type Outcomes<Calls extends readonly AnyCall[]> = {
  [At in keyof Calls]: OutcomeOf<Calls[At]>;
};
