// SPDX-License-Identifier: MIT
//
// The properties of jobs and files by name, over the tables of both services: which interface has
// one, under which number, of which type.

import { checkLiteral, checkUint32, fault, oneOf } from '../arguments.js';
import {
  authTarget,
  deliveryOptimizationFileProperty as doFile,
  deliveryOptimizationJobProperty as doJob,
  fileProperty,
  jobProperty,
  literalOf,
  transferPolicy,
  type AuthTarget,
  type Open,
  type TransferPolicy,
} from '../generated/enums.js';
import { flag, guid, path, size, text, uint32, VT_UI4, type Kind } from '../property-kinds.js';
import type { Remote } from '../remote.js';
import type { PropertyValue } from '../../typings/rows.js';

type Interface =
  | 'IBackgroundCopyJob5'
  | 'IBackgroundCopyFile5'
  | 'IDeliveryOptimizationJob2'
  | 'IDeliveryOptimizationFile2';

interface Property<T> extends Kind<T> {
  of: Interface;
  id: number;
}

const target: Kind<Open<AuthTarget>> = {
  vt: VT_UI4,
  check: (name, value) => checkLiteral(name, value, authTarget),
  read: (value) => literalOf(authTarget, value as number),
};
const policy: Kind<Open<TransferPolicy>> = {
  vt: VT_UI4,
  check: (name, value) =>
    typeof value === 'number'
      ? checkUint32(name, value)
      : checkLiteral(name, value, transferPolicy),
  read: (value) => literalOf(transferPolicy, value as number),
};

function properties(of: Interface) {
  return <T>(id: number, ofKind: Kind<T>): Property<T> => ({ of, id, ...ofKind });
}
const job5 = properties('IBackgroundCopyJob5');
const job2 = properties('IDeliveryOptimizationJob2');
const file5 = properties('IBackgroundCopyFile5');
const file2 = properties('IDeliveryOptimizationFile2');

const jobTable = {
  /** Both services. */
  costFlags: job5(jobProperty.costFlags, policy),
  notificationClsid: job5(jobProperty.notificationClsid, guid),
  /** BITS. */
  dynamicContent: job5(jobProperty.dynamicContent, flag),
  highPerformance: job5(jobProperty.highPerformance, flag),
  maxDownloadSize: job5(jobProperty.maxDownloadSize, size),
  useStoredCredentials: job5(jobProperty.useStoredCredentials, target),
  minimumNotificationIntervalMs: job5(jobProperty.minimumNotificationIntervalMs, uint32),
  onDemandMode: job5(jobProperty.onDemandMode, flag),
  /** Delivery Optimization; read only. */
  extendedErrorInfo: job2(doJob.extendedErrorInfo, text),
};

// What takes an object of ours has no place in a table of values.
const addedFileTable = {
  /** Write only. */
  decryptionInfo: file2(doFile.decryptionInfo, text),
  integrityCheckInfo: file2(doFile.integrityCheckInfo, text),
  integrityCheckMandatory: file2(doFile.integrityCheckMandatory, flag),
  downloadSinkFilePath: file2(doFile.downloadSinkFilePath, path),
  totalSizeBytes: file2(doFile.totalSizeBytes, size),
};
const fileTable = {
  /** Both services. */
  httpResponseHeaders: file5(fileProperty.httpResponseHeaders, text),
  /** Delivery Optimization. */
  ...addedFileTable,
};

type Values<Table> = { [Name in keyof Table]: Table[Name] extends Property<infer T> ? T : never };

/**
 * A job's properties with their types.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits5_0/ne-bits5_0-bits_job_property_id
 */
export type JobProperties = Values<typeof jobTable>;
/**
 * A file's properties with their types.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/deliveryoptimizationfileproperty
 */
export type FileProperties = Values<typeof fileTable>;
/** The properties of a file that was added without a path. */
export type AddedFileProperties = Values<typeof addedFileTable>;

async function get(
  remote: Remote,
  table: Record<string, Property<unknown>>,
  name: string,
): Promise<unknown> {
  const { of, id, read } = property(table, name);
  const value =
    of === 'IBackgroundCopyJob5' || of === 'IBackgroundCopyFile5'
      ? await remote.call(`${of}::GetProperty`, id)
      : ((await remote.call(`${of}::GetProperty`, id)).value as PropertyValue);
  // VT_EMPTY, or no string.
  return value === null ? null : read(value);
}

async function set(
  remote: Remote,
  table: Record<string, Property<unknown>>,
  name: string,
  given: unknown,
): Promise<void> {
  const { of, id, vt, check } = property(table, name);
  const value = check('value', given);
  if (of === 'IBackgroundCopyJob5' || of === 'IBackgroundCopyFile5') {
    await remote.call(`${of}::SetProperty`, id, value);
  } else {
    await remote.call(`${of}::SetProperty`, id, { vt, value });
  }
}

function property(table: Record<string, Property<unknown>>, name: string): Property<unknown> {
  const names = Object.keys(table);
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw fault('ERR_INVALID_ARG_VALUE', 'name', oneOf(names), name);
  return found;
}

/** The properties of one kind of object. */
function accessors<Table extends Record<string, Property<unknown>>>(table: Table) {
  return {
    get: <Name extends keyof Values<Table> & string>(remote: Remote, name: Name) =>
      get(remote, table, name) as Promise<Values<Table>[Name] | null>,
    set: <Name extends keyof Values<Table> & string>(
      remote: Remote,
      name: Name,
      value: Values<Table>[Name],
    ) => set(remote, table, name, value),
  };
}

export const jobProperties = accessors(jobTable);
export const fileProperties = accessors(fileTable);
export const addedFileProperties = accessors(addedFileTable);
