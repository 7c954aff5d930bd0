// SPDX-License-Identifier: MIT
//
// What `as('IBackgroundCopyJob3')` returns: the methods of one interface, by their COM names in lower
// camel case. Their types come from the rows.

import { inspect, type InspectOptions } from 'node:util';
import type { HandleValue, RowName, RowResult } from '../../typings/binding.js';
import type { Rows } from '../../typings/rows.js';
import { checkOneOf } from '../arguments.js';
import { S_FALSE } from '../codes.js';
import { line } from '../inspection.js';
import { AddedFile } from './added-file.js';
import { Remote } from '../remote/remote.js';

/**
 * The methods of an interface, which return promises. Parameters and results are plain values: an
 * enumeration is a number, a GUID a string, a FILETIME the milliseconds since 1970 (UTC). A method with
 * several results returns them as an array, in the order of its parameters. A `URL` object is sent as its
 * text. Methods that take a callback object are left out.
 */
export type Methods<Interface extends string> = {
  [
    Row in keyof Rows as Row extends `${Interface}::${infer Method}`
      ? HandleValue extends Rows[Row]['args'][number]
        ? never
        : Uncapitalize<Method>
      : never
  ]: (
    ...args: Extract<Given<Rows[Row]['args']>, readonly unknown[]>
  ) => Promise<Row extends keyof Read ? Read[Row] : Rows[Row]['result']>;
};

type Given<Args> = { [At in keyof Args]: Args[At] | (string extends Args[At] ? URL : never) };

/** What methods return that return objects of the service, or whose success code is the result. */
interface Read {
  'IDeliveryOptimizationJob2::AddFile': AddedFile;
  'IBitsPeerCacheAdministration::EnumRecords': BitsPeerCacheRecord[];
  'IBitsPeerCacheAdministration::GetRecord': BitsPeerCacheRecord | null;
  'IBitsPeerCacheAdministration::EnumPeers': BitsPeer[];
  'IBitsPeerCacheRecord::IsFileValidated': boolean;
}

/**
 * A file in the peer cache of BITS. It ends with the service's process: from then on its calls reject.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nn-bits3_0-ibitspeercacherecord
 */
export interface BitsPeerCacheRecord extends Methods<'IBitsPeerCacheRecord'> {
  /** Closes this object. The file stays in the cache. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A computer that shares its peer cache. It ends with the service's process: from then on its calls reject.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nn-bits3_0-ibitspeer
 */
export interface BitsPeer extends Methods<'IBitsPeer'> {
  /** Closes this object. The peer stays in the list. */
  [Symbol.asyncDispose](): Promise<void>;
}

export const managerInterfaces = ['IBitsPeerCacheAdministration'] as const;
export const jobInterfaces = [
  'IBackgroundCopyJob2',
  'IBackgroundCopyJob3',
  'IBackgroundCopyJob4',
  'IBackgroundCopyJobHttpOptions',
  'IBackgroundCopyJobHttpOptions2',
  'IBackgroundCopyJobHttpOptions3',
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

/** The later interfaces of a manager, for the manager's `as()`. */
export type ManagerInterface = (typeof managerInterfaces)[number];
/** The later interfaces of a job, for the job's `as()`. */
export type JobInterface = (typeof jobInterfaces)[number];
/** The later interfaces of a file, for the file's `as()`. */
export type FileInterface = (typeof fileInterfaces)[number];

// These two are never rows, because JavaScript reads them itself: `then` when an async function returns
// the object, `toJSON` when it is serialized. Other names are left to the binding, which alone knows the
// rows and rejects the rest.
const notRows = new Set(['then', 'toJSON']);

type Reader<Row extends keyof Read> = (
  outcome: { hresult: number; value: RowResult<Row> },
  remote: Remote,
) => Read[Row];

const readers: { [Row in keyof Read]: Reader<Row> } = {
  'IDeliveryOptimizationJob2::AddFile': ({ value }, remote) => new AddedFile(remote, value),
  'IBitsPeerCacheAdministration::EnumRecords': ({ value }, remote) =>
    value.map((record) => ownMethods(remote, record, 'IBitsPeerCacheRecord')),
  'IBitsPeerCacheAdministration::GetRecord': ({ value }, remote) =>
    value === null ? null : ownMethods(remote, value, 'IBitsPeerCacheRecord'),
  'IBitsPeerCacheAdministration::EnumPeers': ({ value }, remote) =>
    value.map((peer) => ownMethods(remote, peer, 'IBitsPeer')),
  'IBitsPeerCacheRecord::IsFileValidated': ({ hresult }) => hresult !== S_FALSE,
};

function isRead(row: string): row is keyof Read {
  return Object.hasOwn(readers, row);
}

/** The methods of one of these interfaces. */
export function methodsOf<I extends string>(
  remote: Remote,
  name: I,
  interfaces: readonly string[],
): Methods<I> {
  checkOneOf('name', name, interfaces);
  return methodsOn(remote, name, {}) as Methods<I>;
}

/** The methods of an object that a method of `parent` returned, and what closes it. */
function ownMethods<I extends string>(
  parent: Remote,
  object: HandleValue,
  name: I,
): Methods<I> & { [Symbol.asyncDispose](): Promise<void> } {
  const remote = new Remote(parent.connection, object);
  const dispose = () => {
    remote.close();
    return Promise.resolve();
  };
  const own = { [Symbol.asyncDispose]: dispose };
  return methodsOn(remote, name, own) as Methods<I> & typeof own;
}

function methodsOn(remote: Remote, name: string, more: object): unknown {
  const service = remote.connection.service.title;
  const shown: object = {
    ...more,
    [inspect.custom]: (_depth: number, options: InspectOptions) => line(name, { service }, options),
  };
  return new Proxy(shown, {
    get: (_target, method) => {
      if (typeof method !== 'string') return Reflect.get(more, method) as unknown;
      if (notRows.has(method)) return undefined;
      if (method in Object.prototype) return Reflect.get(Object.prototype, method) as unknown;
      const row = `${name}::${method.charAt(0).toUpperCase()}${method.slice(1)}` as RowName;
      return async (...args: unknown[]) => {
        const given = args.map((arg: unknown) => (arg instanceof URL ? arg.href : arg)) as never;
        const outcome = await remote.outcome(row, ...given);
        if (!isRead(row)) return outcome.value;
        return (readers[row] as Reader<typeof row>)(outcome as never, remote);
      };
    },
  });
}
