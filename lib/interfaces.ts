// SPDX-License-Identifier: MIT
//
// The methods of one interface of an object, by COM's own names in lower camel case: what
// `as('IBackgroundCopyJob3')` gives. Their types come from the rows.

import type { HandleValue } from '../typings/binding.js';
import type { Rows } from '../typings/rows.js';
import { checkOneOf } from './arguments.js';
import { AddedFile } from './jobs/added-file.js';
import type { Remote, RowName } from './remote.js';

/**
 * The methods of an interface as promises. Values are as plain as COM's: enumerations are their
 * numbers, a GUID is a string, a FILETIME is milliseconds since 1970, several results are a list.
 */
export type Methods<Interface extends string> = {
  [
    Row in keyof Rows as Row extends `${Interface}::${infer Method}` ? Uncapitalize<Method> : never
  ]: (...args: Rows[Row]['args']) => Promise<Result<Rows[Row]['result']>>;
};

// The one kind of object that these methods give.
type Result<T> = HandleValue extends T ? AddedFile : T;

const jobInterfaces = [
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
const fileInterfaces = [
  'IBackgroundCopyFile2',
  'IBackgroundCopyFile3',
  'IBackgroundCopyFile4',
  'IBackgroundCopyFile5',
  'IBackgroundCopyFile6',
  'IDeliveryOptimizationFile2',
] as const;

/** The later interfaces of a job. */
export type JobInterface = (typeof jobInterfaces)[number];
/** The later interfaces of a file. */
export type FileInterface = (typeof fileInterfaces)[number];

export function jobMethods<I extends JobInterface>(remote: Remote, name: I): Methods<I> {
  checkOneOf('name', name, jobInterfaces);
  return methods(remote, name);
}

export function fileMethods<I extends FileInterface>(remote: Remote, name: I): Methods<I> {
  checkOneOf('name', name, fileInterfaces);
  return methods(remote, name);
}

// The rows are known to the binding alone; a name that it does not know rejects there. What the
// language itself asks of an object is none: it may be returned from an asynchronous function, and
// printed.
const notRows = new Set(['then', 'toJSON']);

function methods<I extends string>(remote: Remote, name: I): Methods<I> {
  return new Proxy({} as Methods<I>, {
    get: (_target, method) => {
      if (typeof method !== 'string' || notRows.has(method)) return undefined;
      if (method in Object.prototype) return Reflect.get(Object.prototype, method) as unknown;
      const row = `${name}::${method.charAt(0).toUpperCase()}${method.slice(1)}`;
      return async (...args: never) => {
        const result: unknown = await remote.call(row as RowName, ...args);
        return isHandle(result) ? new AddedFile(remote, result) : result;
      };
    },
  });
}

function isHandle(result: unknown): result is HandleValue {
  return typeof result === 'object' && result !== null && 'handle' in result;
}
