// SPDX-License-Identifier: MIT
//
// Every row by its address: its parameters and results as plain values, in the order of its IDL. An
// enumeration is a number here, and a count of the IDL is the length of its array. A COM method is one
// row in native/ and one line here.

import type { HandleValue } from './values.js';

export interface Row<Args extends readonly unknown[], Result> {
  args: Args;
  result: Result;
}

/** A GUID in lower case without braces. */
type Guid = string;

/** A VARIANT with its type, a VARENUM value. */
export interface Variant {
  vt: number;
  value: boolean | number | string | Uint8Array | HandleValue | null;
}
/** A member of the union of property values. The property's id decides which one. */
export type PropertyValue = boolean | number | string | null;

export interface FileInfo {
  remoteName: string;
  localName: string;
}
/** A range of bytes. A null length extends to the end of the file. */
export interface FileRange {
  initialOffset: number;
  length: number | null;
}
export interface DownloadRange {
  offset: number;
  length: number | null;
}
/**
 * Credentials for a server or proxy. If `userName` and `password` are both null, the service uses those
 * of the logged-on user, which works with NTLM, Negotiate and Passport.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits1_5/ns-bits1_5-bg_basic_credentials
 */
export interface Credentials {
  target: number;
  scheme: number;
  userName: string | null;
  password: string | null;
}
export interface EnumCategory {
  property: number;
  value: string;
}

export interface JobProgress {
  bytesTotal: number | null;
  bytesTransferred: number;
  filesTotal: number;
  filesTransferred: number;
}
/** Times in milliseconds since 1970 (UTC), or null if the time is not set. */
export interface JobTimes {
  creationTime: number | null;
  modificationTime: number | null;
  transferCompletionTime: number | null;
}
export interface FileProgress {
  bytesTotal: number | null;
  bytesTransferred: number;
  completed: boolean;
}
export interface ReplyProgress {
  bytesTotal: number | null;
  bytesTransferred: number | null;
}
export interface DownloadStatus {
  bytesTotal: number | null;
  bytesTransferred: number;
  state: number;
  error: number;
  extendedError: number;
}

export interface Rows {
  'IBackgroundCopyManager::CreateJob': Row<
    [displayName: string, type: number],
    [jobId: Guid, job: HandleValue]
  >;
  'IBackgroundCopyManager::GetJob': Row<[jobId: Guid], HandleValue>;
  'IBackgroundCopyManager::EnumJobs': Row<[flags: number], HandleValue[]>;
  'IBackgroundCopyManager::GetErrorDescription': Row<
    [result: number, languageId: number | null],
    string | null
  >;

  'IBackgroundCopyJob::AddFileSet': Row<[fileSet: FileInfo[]], null>;
  'IBackgroundCopyJob::AddFile': Row<[remoteUrl: string, localName: string], null>;
  'IBackgroundCopyJob::EnumFiles': Row<[], HandleValue[]>;
  'IBackgroundCopyJob::Suspend': Row<[], null>;
  'IBackgroundCopyJob::Resume': Row<[], null>;
  'IBackgroundCopyJob::Cancel': Row<[], null>;
  'IBackgroundCopyJob::Complete': Row<[], null>;
  'IBackgroundCopyJob::GetId': Row<[], Guid>;
  'IBackgroundCopyJob::GetType': Row<[], number>;
  'IBackgroundCopyJob::GetProgress': Row<[], JobProgress>;
  'IBackgroundCopyJob::GetTimes': Row<[], JobTimes>;
  'IBackgroundCopyJob::GetState': Row<[], number>;
  'IBackgroundCopyJob::GetError': Row<[], HandleValue>;
  'IBackgroundCopyJob::GetOwner': Row<[], string | null>;
  'IBackgroundCopyJob::SetDisplayName': Row<[value: string], null>;
  'IBackgroundCopyJob::GetDisplayName': Row<[], string | null>;
  'IBackgroundCopyJob::SetDescription': Row<[value: string], null>;
  'IBackgroundCopyJob::GetDescription': Row<[], string | null>;
  'IBackgroundCopyJob::SetPriority': Row<[value: number], null>;
  'IBackgroundCopyJob::GetPriority': Row<[], number>;
  'IBackgroundCopyJob::SetNotifyFlags': Row<[value: number], null>;
  'IBackgroundCopyJob::GetNotifyFlags': Row<[], number>;
  'IBackgroundCopyJob::SetNotifyInterface': Row<[value: HandleValue | null], null>;
  'IBackgroundCopyJob::GetNotifyInterface': Row<[], 'ours' | 'foreign' | null>;
  'IBackgroundCopyJob::SetMinimumRetryDelay': Row<[seconds: number], null>;
  'IBackgroundCopyJob::GetMinimumRetryDelay': Row<[], number>;
  'IBackgroundCopyJob::SetNoProgressTimeout': Row<[seconds: number], null>;
  'IBackgroundCopyJob::GetNoProgressTimeout': Row<[], number>;
  'IBackgroundCopyJob::GetErrorCount': Row<[], number>;
  'IBackgroundCopyJob::SetProxySettings': Row<
    [proxyUsage: number, proxyList: string | null, proxyBypassList: string | null],
    null
  >;
  'IBackgroundCopyJob::GetProxySettings': Row<
    [],
    [proxyUsage: number, proxyList: string | null, proxyBypassList: string | null]
  >;
  'IBackgroundCopyJob::TakeOwnership': Row<[], null>;

  'IBackgroundCopyJob2::SetNotifyCmdLine': Row<
    [program: string | null, parameters: string | null],
    null
  >;
  'IBackgroundCopyJob2::GetNotifyCmdLine': Row<
    [],
    [program: string | null, parameters: string | null]
  >;
  'IBackgroundCopyJob2::GetReplyProgress': Row<[], ReplyProgress>;
  'IBackgroundCopyJob2::GetReplyData': Row<[], Uint8Array>;
  'IBackgroundCopyJob2::SetReplyFileName': Row<[replyFileName: string | null], null>;
  'IBackgroundCopyJob2::GetReplyFileName': Row<[], string | null>;
  'IBackgroundCopyJob2::SetCredentials': Row<[credentials: Credentials], null>;
  'IBackgroundCopyJob2::RemoveCredentials': Row<[target: number, scheme: number], null>;

  'IBackgroundCopyJob3::ReplaceRemotePrefix': Row<[oldPrefix: string, newPrefix: string], null>;
  'IBackgroundCopyJob3::AddFileWithRanges': Row<
    [remoteUrl: string, localName: string, ranges: FileRange[]],
    null
  >;
  'IBackgroundCopyJob3::SetFileACLFlags': Row<[flags: number], null>;
  'IBackgroundCopyJob3::GetFileACLFlags': Row<[], number>;

  'IBackgroundCopyJob4::SetPeerCachingFlags': Row<[flags: number], null>;
  'IBackgroundCopyJob4::GetPeerCachingFlags': Row<[], number>;
  'IBackgroundCopyJob4::GetOwnerIntegrityLevel': Row<[], number>;
  'IBackgroundCopyJob4::GetOwnerElevationState': Row<[], boolean>;
  'IBackgroundCopyJob4::SetMaximumDownloadTime': Row<[timeout: number], null>;
  'IBackgroundCopyJob4::GetMaximumDownloadTime': Row<[], number>;

  'IBackgroundCopyJob5::SetProperty': Row<[propertyId: number, propertyValue: PropertyValue], null>;
  'IBackgroundCopyJob5::GetProperty': Row<[propertyId: number], PropertyValue>;

  'IBackgroundCopyJobHttpOptions::SetClientCertificateByID': Row<
    [storeLocation: number, storeName: string, certHashBlob: Uint8Array],
    null
  >;
  'IBackgroundCopyJobHttpOptions::SetClientCertificateByName': Row<
    [storeLocation: number, storeName: string, subjectName: string],
    null
  >;
  'IBackgroundCopyJobHttpOptions::RemoveClientCertificate': Row<[], null>;
  'IBackgroundCopyJobHttpOptions::GetClientCertificate': Row<
    [],
    [
      storeLocation: number,
      storeName: string | null,
      certHashBlob: Uint8Array | null,
      subjectName: string | null,
    ]
  >;
  'IBackgroundCopyJobHttpOptions::SetCustomHeaders': Row<[requestHeaders: string | null], null>;
  'IBackgroundCopyJobHttpOptions::GetCustomHeaders': Row<[], string | null>;
  'IBackgroundCopyJobHttpOptions::SetSecurityFlags': Row<[flags: number], null>;
  'IBackgroundCopyJobHttpOptions::GetSecurityFlags': Row<[], number>;

  'IBackgroundCopyJobHttpOptions2::SetHttpMethod': Row<[method: string], null>;
  'IBackgroundCopyJobHttpOptions2::GetHttpMethod': Row<[], string | null>;

  'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface': Row<
    [certValidationCallback: HandleValue | null],
    null
  >;
  'IBackgroundCopyJobHttpOptions3::MakeCustomHeadersWriteOnly': Row<[], null>;

  'IBitsTokenOptions::SetHelperTokenFlags': Row<[usageFlags: number], null>;
  'IBitsTokenOptions::GetHelperTokenFlags': Row<[], number>;
  'IBitsTokenOptions::SetHelperToken': Row<[], null>;
  'IBitsTokenOptions::ClearHelperToken': Row<[], null>;
  'IBitsTokenOptions::GetHelperTokenSid': Row<[], string | null>;

  'IBackgroundCopyFile::GetRemoteName': Row<[], string | null>;
  'IBackgroundCopyFile::GetLocalName': Row<[], string | null>;
  'IBackgroundCopyFile::GetProgress': Row<[], FileProgress>;

  'IBackgroundCopyFile2::GetFileRanges': Row<[], FileRange[]>;
  'IBackgroundCopyFile2::SetRemoteName': Row<[value: string], null>;

  'IBackgroundCopyFile3::GetTemporaryName': Row<[], string | null>;
  'IBackgroundCopyFile3::SetValidationState': Row<[state: boolean], null>;
  'IBackgroundCopyFile3::GetValidationState': Row<[], boolean>;
  'IBackgroundCopyFile3::IsDownloadedFromPeer': Row<[], boolean>;

  'IBackgroundCopyFile4::GetPeerDownloadStats': Row<
    [],
    [fromOrigin: number | null, fromPeers: number | null]
  >;

  'IBackgroundCopyFile5::SetProperty': Row<
    [propertyId: number, propertyValue: PropertyValue],
    null
  >;
  'IBackgroundCopyFile5::GetProperty': Row<[propertyId: number], PropertyValue>;

  'IBackgroundCopyFile6::UpdateDownloadPosition': Row<[offset: number | null], null>;
  'IBackgroundCopyFile6::RequestFileRanges': Row<[ranges: FileRange[]], null>;
  'IBackgroundCopyFile6::GetFilledFileRanges': Row<[], FileRange[]>;

  'IBackgroundCopyError::GetError': Row<[], [context: number, code: number]>;
  'IBackgroundCopyError::GetFile': Row<[], HandleValue>;
  'IBackgroundCopyError::GetErrorDescription': Row<[languageId: number | null], string | null>;
  'IBackgroundCopyError::GetErrorContextDescription': Row<
    [languageId: number | null],
    string | null
  >;
  'IBackgroundCopyError::GetProtocol': Row<[], string | null>;

  'IDeliveryOptimizationJob::AddFileWithRanges': Row<
    [
      fileId: string,
      remoteUrl: string,
      localName: string,
      ranges: FileRange[],
      fileSize: number | null,
    ],
    null
  >;

  'IDeliveryOptimizationJob2::AddFile': Row<
    [fileId: string, remoteUrl: string, ranges: FileRange[]],
    HandleValue
  >;
  'IDeliveryOptimizationJob2::GetProperty': Row<[propId: number], Variant>;
  'IDeliveryOptimizationJob2::SetProperty': Row<[propId: number, propValue: Variant], null>;

  'IDeliveryOptimizationFile2::GetProperty': Row<[propId: number], Variant>;
  'IDeliveryOptimizationFile2::SetProperty': Row<[propId: number, propValue: Variant], null>;

  'IBitsPeerCacheAdministration::GetMaximumCacheSize': Row<[], number>;
  'IBitsPeerCacheAdministration::SetMaximumCacheSize': Row<[percentage: number], null>;
  'IBitsPeerCacheAdministration::GetMaximumContentAge': Row<[], number>;
  'IBitsPeerCacheAdministration::SetMaximumContentAge': Row<[seconds: number], null>;
  'IBitsPeerCacheAdministration::GetConfigurationFlags': Row<[], number>;
  'IBitsPeerCacheAdministration::SetConfigurationFlags': Row<[flags: number], null>;
  'IBitsPeerCacheAdministration::EnumRecords': Row<[], HandleValue[]>;
  'IBitsPeerCacheAdministration::GetRecord': Row<[id: Guid], HandleValue | null>;
  'IBitsPeerCacheAdministration::ClearRecords': Row<[], null>;
  'IBitsPeerCacheAdministration::DeleteRecord': Row<[id: Guid], null>;
  'IBitsPeerCacheAdministration::DeleteUrl': Row<[url: string], null>;
  'IBitsPeerCacheAdministration::EnumPeers': Row<[], HandleValue[]>;
  'IBitsPeerCacheAdministration::ClearPeers': Row<[], null>;
  'IBitsPeerCacheAdministration::DiscoverPeers': Row<[], null>;

  'IBitsPeerCacheRecord::GetId': Row<[], Guid>;
  'IBitsPeerCacheRecord::GetOriginUrl': Row<[], string | null>;
  'IBitsPeerCacheRecord::GetFileSize': Row<[], number | null>;
  'IBitsPeerCacheRecord::GetFileModificationTime': Row<[], number | null>;
  'IBitsPeerCacheRecord::GetLastAccessTime': Row<[], number | null>;
  'IBitsPeerCacheRecord::IsFileValidated': Row<[], null>;
  'IBitsPeerCacheRecord::GetFileRanges': Row<[], FileRange[]>;

  'IBitsPeer::GetPeerName': Row<[], string | null>;
  'IBitsPeer::IsAuthenticated': Row<[], boolean>;
  'IBitsPeer::IsAvailable': Row<[], boolean>;

  'IDOManager::CreateDownload': Row<[], HandleValue>;
  'IDOManager::EnumDownloads': Row<[category: EnumCategory | null], HandleValue[]>;

  'IDODownload::Start': Row<[ranges: DownloadRange[] | null], null>;
  'IDODownload::Pause': Row<[], null>;
  'IDODownload::Abort': Row<[], null>;
  'IDODownload::Finalize': Row<[], null>;
  'IDODownload::GetStatus': Row<[], DownloadStatus>;
  'IDODownload::GetProperty': Row<[propId: number], Variant>;
  'IDODownload::SetProperty': Row<[propId: number, propVal: Variant], null>;
}
