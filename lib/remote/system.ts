// SPDX-License-Identifier: MIT
//
// Reads of the system through the native code, several at a time and by name. No reading makes a COM
// call or starts a service.

import type { Outcome, Query, Readings } from '../../typings/binding.js';
import { errorOf, failed } from '../errors.js';
import { binding } from './loader.js';

/** What was read, or why it could not be read. */
export interface Reading<T> {
  /** Null if it could not be read. */
  value: T | null;
  /** The HRESULT of the failure; 0 if there was none. */
  hresult: number;
}

/** A reading of a kind, such as `'service'`. */
export type ReadingOf<Kind extends keyof Readings> = Reading<Readings[Kind]['result']>;

/** The readings that queries by name return. */
export type ReadingsBy<Queries extends Record<string, Query>> = {
  [Name in keyof Queries]: ReadingOf<Queries[Name][0]>;
};

/**
 * Reads of the system.
 *
 * @param timeout In milliseconds.
 * @throws {DosvcError} `ERR_DOSVC_UNSUPPORTED_PLATFORM`, `ERR_DOSVC_NO_BINARY` or
 * `ERR_DOSVC_LOAD_FAILED`; `ERR_DOSVC_CALL_TIMEOUT`.
 */
export async function readSystem<const Queries extends Record<string, Query>>(
  queries: Queries,
  timeout: number,
): Promise<ReadingsBy<Queries>> {
  const list = Object.values<Query>(queries);
  const outcomes: readonly Outcome[] = await binding().readSystem(list, timeout);
  const last = outcomes.at(-1);
  if (last !== undefined && outcomes.length < list.length) {
    throw errorOf(last, { service: 'Windows', operation: 'readSystem' });
  }
  const names = Object.keys(queries);
  const readings = outcomes.map((outcome, at): [string | undefined, Reading<unknown>] => {
    const { hresult, value } = outcome;
    return [names[at], failed(outcome) ? { value: null, hresult } : { value, hresult: 0 }];
  });
  return Object.fromEntries(readings) as ReadingsBy<Queries>;
}
