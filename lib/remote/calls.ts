// SPDX-License-Identifier: MIT
//
// Builds the calls of a hop, and reads their outcomes.

import type {
  AnyCall,
  Call,
  Followed,
  HandleValue,
  Kept,
  Outcome,
  RowArgs,
  RowName,
} from '../../typings/binding.js';
import { isGone } from '../codes.js';
import { closedError, errorOf, failed, type Context } from '../errors.js';

export function callOf<Row extends RowName, const Then extends readonly AnyCall[] = readonly []>(
  row: Row,
  args: RowArgs<Row>,
  more: { then?: Then; keep?: boolean } = {},
): Call<Row, Then> {
  return { row, args, ...more };
}

/** The value of an outcome. Throws the error of a failed one. */
export function resultOf<Result>(outcome: Outcome<Result> | undefined, context: Context): Result {
  if (outcome === undefined) throw closedError(context.operation);
  if (failed(outcome)) throw errorOf(outcome, context);
  return outcome.value as Result;
}

/** The value of an outcome, or null if the call failed. */
export function valueOf<Result>(outcome: Outcome<Result> | undefined): Result | null {
  return outcome === undefined || failed(outcome) ? null : outcome.value;
}

/** Likewise, as `read` converts it. */
export function readOf<Result, T>(
  outcome: Outcome<Result> | undefined,
  read: (value: Result) => T,
): T | null {
  const value = valueOf(outcome);
  return value === null ? null : read(value);
}

/** The object that a call returned, or each that it listed, with the outcomes of its `then` calls. */
export function givenBy(outcome: Outcome): readonly Followed[] {
  const value = valueOf(outcome);
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return given.filter(isFollowed);
}

function isFollowed(value: unknown): value is Followed {
  return typeof value === 'object' && value !== null && 'outcomes' in value;
}

/** Whether the object's handle was kept. */
export function isKept<Then extends readonly AnyCall[]>(given: Followed): given is Kept<Then> {
  return given.object !== null;
}

/** The handles that were kept of the objects that calls returned. */
export function handlesIn(calls: readonly AnyCall[], outcomes: readonly Outcome[]): HandleValue[] {
  return outcomes
    .filter((outcome, at) => !failed(outcome) && calls[at]?.keep === true)
    .flatMap((outcome) => givenBy(outcome).flatMap(({ object }) => object ?? []));
}

/**
 * The first call that found the service gone, `then` calls included. A state that was read after it shows
 * that the service lives: what is gone is then only the client whose object the call was to return.
 */
export function lossIn(
  calls: readonly AnyCall[],
  outcomes: readonly Outcome[],
): { row: string; outcome: Outcome } | undefined {
  const alive = outcomes.findLastIndex((outcome, at) => isState(calls[at]) && !failed(outcome));
  for (const [at, outcome] of outcomes.entries()) {
    const { row = '', then = [] } = calls[at] ?? {};
    if (isLost(outcome) && at > alive) return { row, outcome };
    for (const each of then.length === 0 ? [] : givenBy(outcome)) {
      const loss = lossIn(then, each.outcomes);
      if (loss !== undefined) return loss;
    }
  }
  return undefined;
}

function isState(call: AnyCall | undefined): boolean {
  return call?.row === 'IBackgroundCopyJob::GetState';
}

function isLost(outcome: Outcome): boolean {
  return failed(outcome) && outcome.stage !== 'argument' && isGone(outcome.hresult);
}
