// SPDX-License-Identifier: MIT
//
// The properties of one kind of object by name: gets and sets them, and says in an error which property
// it is about.

import { release } from 'node:os';
import { fault, oneOf } from '../arguments.js';
import { DosvcError } from '../errors.js';
import type { Given, Kind } from './kinds.js';

/** The interfaces that have properties. Those of the first two are unions, all others VARIANTs. */
type Interface =
  | 'IBackgroundCopyJob5'
  | 'IBackgroundCopyFile5'
  | 'IDeliveryOptimizationJob2'
  | 'IDeliveryOptimizationFile2'
  | 'IDODownload';

export interface Property<T = unknown> extends Kind<T> {
  readonly of: Interface;
  readonly id: number;
  /** The first build of Windows that has it. */
  readonly since: number;
  /** The only service that has it; absent if every service with the interface does. */
  readonly only?: 'BITS' | 'Delivery Optimization' | undefined;
}

/** The types of the values, by name. */
export type ValuesOf<Table> = {
  [Name in keyof Table]: Table[Name] extends Property<infer T> ? T : never;
};

/** The call that sets a property. */
interface SetCall {
  row: `${Interface}::SetProperty`;
  args: [id: number, value: Given | { vt: number; value: Given }];
}

/** An object of a service, as far as its properties need it. */
interface Target {
  call(row: `${Interface}::GetProperty` | SetCall['row'], ...args: unknown[]): Promise<unknown>;
}

// The library's code is for a service that lacks the whole interface.
const lacking = [
  'DO_E_UNKNOWN_PROPERTY_ID',
  'BG_E_UNKNOWN_PROPERTY_ID',
  'ERR_DOSVC_INTERFACE_MISSING',
];

export class PropertyTable<Values> {
  readonly #table: Readonly<Record<string, Property>>;

  constructor(table: Readonly<Record<keyof Values & string, Property>>) {
    this.#table = table;
  }

  /** Gets a property. Null is VT_EMPTY or a null string. */
  async get<Name extends keyof Values & string>(
    target: Target,
    name: Name,
  ): Promise<Values[Name] | null> {
    const { of, id, read } = this.#property(name);
    const result = await this.#explained(name, target.call(`${of}::GetProperty`, id));
    const value = isVariant(result) ? result.value : (result as Given);
    return value === null ? null : (read(value) as Values[Name]);
  }

  async set(target: Target, name: string, value: unknown): Promise<void> {
    const { row, args } = this.setCall(name, value, 'value');
    await this.#explained(name, target.call(row, ...args));
  }

  /** The call that sets a property. `argument` names the value in errors. */
  setCall(name: string, given: unknown, argument: string): SetCall {
    const { of, id, vt, check } = this.#property(name);
    const value = check(argument, given);
    const union = of === 'IBackgroundCopyJob5' || of === 'IBackgroundCopyFile5';
    return { row: `${of}::SetProperty`, args: [id, union ? value : { vt, value }] };
  }

  /** Adds the property to the error of a call and, if it is not there, the first build that has it. */
  explain(name: string, error: unknown): unknown {
    if (!(error instanceof DosvcError)) return error;
    const { since, only } = this.#property(name);
    const [, , build = '?'] = release().split('.');
    const service = only === undefined ? '' : ` and ${only}`;
    const more = error.names.some((one) => lacking.includes(one))
      ? ` It requires Windows build ${String(since)} or later${service}; this is build ${build}.`
      : '';
    return new DosvcError(`${error.message} The property is '${name}'.${more}`, error);
  }

  async #explained<T>(name: string, call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      throw this.explain(name, error);
    }
  }

  #property(name: string): Property {
    const found = Object.hasOwn(this.#table, name) ? this.#table[name] : undefined;
    if (found !== undefined) return found;
    throw fault('ERR_INVALID_ARG_VALUE', 'name', oneOf(Object.keys(this.#table)), name);
  }
}

function isVariant(result: unknown): result is { value: Given } {
  return typeof result === 'object' && result !== null && 'vt' in result;
}
