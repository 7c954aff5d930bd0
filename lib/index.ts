// SPDX-License-Identifier: MIT
//
// The public API: every name that the package exports.

export { isSupported } from './remote/loader.js';
export type { ConnectOptions } from './remote/connection.js';
export { diagnose, type DiagnoseOptions } from './diagnose/diagnose.js';
export type { DiagnosticFinding, DiagnosticReport } from './diagnose/report.js';
export type { ExpectedError, Fact, Finding, Severity } from './diagnose/finding.js';
export type { FindingCode } from './diagnose/table.js';
export { Download, type StreamOptions } from './downloads/download.js';
export type { DownloadEventMap, DownloadWarning } from './downloads/download-events.js';
export {
  DownloadManager,
  type CreateDownloadOptions,
  type DownloadFilter,
} from './downloads/manager.js';
export {
  downloadProperties,
  type DownloadProperties,
  type DownloadPropertyInfo,
  type SettableDownloadProperties,
} from './downloads/properties.js';
export {
  DownloadError,
  type DownloadErrorOptions,
  type DownloadStatus,
  type WaitReason,
} from './downloads/status.js';
export { DosvcError, type DosvcErrorCode, type DosvcErrorOptions } from './errors.js';
export { explain, type Explanation, type Facility } from './explain.js';
export type {
  AuthScheme,
  AuthTarget,
  CertStoreLocation,
  CopyFileFlag,
  DownloadCostPolicy,
  DownloadProperty,
  DownloadState,
  ErrorContext,
  JobPriority,
  JobState,
  JobType,
  Open,
  PeerCachingFlag,
  ProxyUsage,
  TransferPolicy,
} from './generated/enums.js';
export type { Blame } from './generated/hresults.js';
export type { OwnCode } from './generated/own-codes.js';
export type { CertificateCheck, ServerCertificate } from './jobs/certificate-check.js';
export type { HttpSecurity, RedirectPolicy } from './jobs/http-security.js';
export type {
  BitsPeer,
  BitsPeerCacheRecord,
  FileInterface,
  JobInterface,
  ManagerInterface,
  Methods,
} from './jobs/interfaces.js';
export { AddedFile } from './jobs/added-file.js';
export { BackgroundCopyFile } from './jobs/file.js';
export type { FileProgress, PeerDownloadStats } from './jobs/file-transfer.js';
export {
  BackgroundCopyJob,
  type AddFileOptions,
  type FileInfo,
  type NotifyInterface,
  type Success,
} from './jobs/job.js';
export { JobError, type JobErrorFile, type JobErrorOptions } from './jobs/job-error.js';
export type {
  JobEventMap,
  JobFileRangesTransferred,
  JobFileTransferred,
  JobModification,
  JobWarning,
} from './jobs/job-events.js';
export type { Credentials } from './jobs/job-credentials.js';
export type { ClientCertificate } from './jobs/job-http-options.js';
export type { ReplyProgress } from './jobs/job-reply.js';
export type { NotifyCmdLine, ProxySettings } from './jobs/job-settings.js';
export {
  BackgroundCopyManager,
  type DeliveryOptimizationManager,
  type EnumJobsOptions,
} from './jobs/manager.js';
export type { ForeignInterface } from './jobs/notify-interface.js';
export type { JobProgress } from './jobs/progress.js';
export type { AddedFileProperties, FileProperties, JobProperties } from './jobs/properties.js';
export type { FileSnapshot, JobSnapshot, JobTimes } from './jobs/snapshot.js';
export type { FileRange } from './ranges.js';
export type { WaitOptions } from './feed/watch.js';
export { cleanUp, type CleanedUp, type CleanUpOptions } from './transfer/clean-up.js';
export { download } from './transfer/download.js';
/** @internal For lib/electron-updater/, which has the options long before there is a file to download. */
export { checkSettings as checkTransferOptions } from './transfer/request.js';
export {
  downloadAll,
  type DownloadAllOptions,
  type TransferItem,
} from './transfer/download-all.js';
export type { FileHash } from './transfer/files/hash.js';
export { KEEP } from './transfer/keep.js';
export type {
  DetachedTransfer,
  TransferOptions,
  TransferProgress,
  TransferResult,
  TransferStart,
  Verified,
} from './transfer/options.js';
export type { RouteName, WaitingFor } from './transfer/route.js';
export type { AllProgress } from './transfer/total.js';
export {
  TransferError,
  type TransferAttempt,
  type TransferErrorOptions,
} from './transfer/transfer-error.js';
