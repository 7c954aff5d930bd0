// SPDX-License-Identifier: MIT
//
// What `as('IBackgroundCopyJob3')` returns: the methods of one interface, by their COM names in lower
// camel case. Their types come from the rows.

import { inspect, type InspectOptions } from 'node:util';
import type { HandleValue, RowName } from '../../typings/binding.js';
import type { Rows } from '../../typings/rows.js';
import { checkOneOf } from '../arguments.js';
import { line } from '../inspection.js';
import { AddedFile } from './added-file.js';
import type { Remote } from '../remote/remote.js';

/**
 * The methods of an interface, which return promises. Parameters and results are plain values: an
 * enumeration is a number, a GUID a string, a FILETIME the milliseconds since 1970 (UTC). A method with
 * several results returns them as an array, in the order of its parameters. A `URL` object is sent as its
 * text.
 */
export type Methods<Interface extends string> = {
  [
    Row in keyof Rows as Row extends `${Interface}::${infer Method}` ? Uncapitalize<Method> : never
  ]: (
    ...args: Extract<Given<Rows[Row]['args']>, readonly unknown[]>
  ) => Promise<Result<Rows[Row]['result']>>;
};

type Given<Args> = { [At in keyof Args]: Args[At] | (string extends Args[At] ? URL : never) };

// AddedFile is the only kind of object that these methods return.
type Result<T> = HandleValue extends T ? AddedFile : T;

export const jobInterfaces = [
  'IBackgroundCopyJob2',
  'IBackgroundCopyJob3',
  'IBackgroundCopyJob4',
  'IBackgroundCopyJobHttpOptions',
  'IBackgroundCopyJobHttpOptions2',
  'IBitsTokenOptions',
  'IBackgroundCopyJob5',
  'IDeliveryOptimizationJob',
  'IDeliveryOptimizationJob2',
] as const;
export const fileInterfaces = [
  'IBackgroundCopyFile2',
  'IBackgroundCopyFile3',
  'IBackgroundCopyFile4',
  'IBackgroundCopyFile5',
  'IBackgroundCopyFile6',
  'IDeliveryOptimizationFile2',
] as const;

/** The later interfaces of a job, for the job's `as()`. */
export type JobInterface = (typeof jobInterfaces)[number];
/** The later interfaces of a file, for the file's `as()`. */
export type FileInterface = (typeof fileInterfaces)[number];

// These two are never rows, because JavaScript reads them itself: `then` when an async function returns
// the object, `toJSON` when it is serialized. Other names are left to the binding, which alone knows the
// rows and rejects the rest.
const notRows = new Set(['then', 'toJSON']);

/** The methods of one of these interfaces. */
export function methodsOf<I extends string>(
  remote: Remote,
  name: I,
  interfaces: readonly string[],
): Methods<I> {
  checkOneOf('name', name, interfaces);
  const service = remote.connection.service.title;
  const shown: object = {
    [inspect.custom]: (_depth: number, options: InspectOptions) => line(name, { service }, options),
  };
  return new Proxy(shown as Methods<I>, {
    get: (_target, method) => {
      if (typeof method !== 'string' || notRows.has(method)) return undefined;
      if (method in Object.prototype) return Reflect.get(Object.prototype, method) as unknown;
      const row = `${name}::${method.charAt(0).toUpperCase()}${method.slice(1)}`;
      return async (...args: unknown[]) => {
        const given = args.map((arg: unknown) => (arg instanceof URL ? arg.href : arg)) as never;
        const result: unknown = await remote.call(row as RowName, ...given);
        return isHandle(result) ? new AddedFile(remote, result) : result;
      };
    },
  });
}

function isHandle(result: unknown): result is HandleValue {
  return typeof result === 'object' && result !== null && 'handle' in result;
}
