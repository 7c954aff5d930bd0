// SPDX-License-Identifier: MIT
//
// The properties of jobs and files by name, for both services: which interface has a property, under
// which number and with which type.

import { checkLiteral, checkUint32 } from '../arguments.js';
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
import {
  flag,
  guid,
  path,
  secret,
  size,
  text,
  uint32,
  VT_UI4,
  type Kind,
} from '../properties/kinds.js';
import { PropertyTable, type Property, type ValuesOf } from '../properties/property-table.js';

const target: Kind<Open<AuthTarget>> = {
  vt: VT_UI4,
  check: (name, value) =>
    typeof value === 'number' ? checkUint32(name, value) : checkLiteral(name, value, authTarget),
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

function properties(of: Property['of'], since: number, only?: Property['only']) {
  return <T>(id: number, ofKind: Kind<T>): Property<T> => ({ of, id, since, only, ...ofKind });
}
// The builds of Windows 8, and of Windows 10 versions 1703 and 1803.
const [windows8, version1703, version1803] = [9200, 15_063, 17_134];
const job5 = properties('IBackgroundCopyJob5', windows8);
const bits5 = properties('IBackgroundCopyJob5', windows8, 'BITS');
const bits10 = properties('IBackgroundCopyJob5', version1703, 'BITS');
const job2 = properties('IDeliveryOptimizationJob2', version1803, 'Delivery Optimization');
const file5 = properties('IBackgroundCopyFile5', windows8);
const file2 = properties('IDeliveryOptimizationFile2', version1803, 'Delivery Optimization');

const jobTable = {
  /** The networks on which the job may transfer, by their cost. Takes effect at once. Both services. */
  costFlags: job5(jobProperty.costFlags, policy),
  /**
   * The CLSID of the class that the service creates to notify, a GUID: that of a COM server in a process
   * of its own. A GUID of zeros removes it. Both services.
   */
  notificationClsid: job5(jobProperty.notificationClsid, guid),
  /**
   * Whether the content may come from a server without `HEAD`, `Content-Length` or ranges. An interrupted
   * transfer then begins anew, and is carried out only with the priority `'foreground'`. For downloads of
   * whole files, before the first `resume()`. BITS only.
   */
  dynamicContent: bits5(jobProperty.dynamicContent, flag),
  /**
   * Whether the service saves no progress and writes straight into the target file: faster for many files
   * below 1 MB, but after a crash they begin anew, and a cancelled or failed job leaves its files behind.
   * For downloads, before the first file is added. BITS only.
   */
  highPerformance: bits5(jobProperty.highPerformance, flag),
  /**
   * The maximum number of bytes that the job may download, for content of unknown size. For downloads,
   * before the first `resume()`. BITS only.
   */
  maxDownloadSize: bits5(jobProperty.maxDownloadSize, size),
  /**
   * The target for which the service uses the credentials that Windows has stored for the owner. It
   * supports only `'proxy'`. BITS only.
   */
  useStoredCredentials: bits5(jobProperty.useStoredCredentials, target),
  /** The minimum time between two notifications, in milliseconds; 500 by default. BITS only. */
  minimumNotificationIntervalMs: bits10(jobProperty.minimumNotificationIntervalMs, uint32),
  /**
   * Whether the job downloads only the ranges that a file's `requestFileRanges()` requests. For downloads
   * from an http or https server that supports ranges, without `dynamicContent`. BITS only.
   */
  onDemandMode: bits10(jobProperty.onDemandMode, flag),
  /** More about the job's error, as text. Read-only. Delivery Optimization only. */
  extendedErrorInfo: job2(doJob.extendedErrorInfo, text),
};

// Properties that take an object of ours are left out: this table is for values.
const addedFileTable = {
  /** How to decrypt the content, as JSON. Write-only. Delivery Optimization only. */
  decryptionInfo: file2(doFile.decryptionInfo, secret),
  /** The hashes to check the content against, as JSON. Write-only. Delivery Optimization only. */
  integrityCheckInfo: file2(doFile.integrityCheckInfo, text),
  /** Whether the file fails without an integrity check. Delivery Optimization only. */
  integrityCheckMandatory: file2(doFile.integrityCheckMandatory, flag),
  /** The absolute path of the target file. Delivery Optimization only. */
  downloadSinkFilePath: file2(doFile.downloadSinkFilePath, path),
  /** The size of the content in bytes. Delivery Optimization only. */
  totalSizeBytes: file2(doFile.totalSizeBytes, size),
};
const fileTable = {
  /** The headers of the server's response. Read-only. Both services. */
  httpResponseHeaders: file5(fileProperty.httpResponseHeaders, text),
  ...addedFileTable,
};

/**
 * The properties of a job, with the types of their values.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits5_0/ne-bits5_0-bits_job_property_id
 */
export type JobProperties = ValuesOf<typeof jobTable>;
/**
 * The properties of a file, with the types of their values.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/deliveryoptimizationfileproperty
 */
export type FileProperties = ValuesOf<typeof fileTable>;
/**
 * The properties of a file that was added without a path, with the types of their values.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/deliveryoptimizationfileproperty
 */
export type AddedFileProperties = ValuesOf<typeof addedFileTable>;

export const jobProperties = new PropertyTable<JobProperties>(jobTable);
export const fileProperties = new PropertyTable<FileProperties>(fileTable);
export const addedFileProperties = new PropertyTable<AddedFileProperties>(addedFileTable);
