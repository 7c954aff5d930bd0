// SPDX-License-Identifier: MIT
// A user's program that names every export of the package. It is only compiled: by the project's own
// compiler, and by `npm run check:package` as a user's, against the packed package.

import {
  AddedFile,
  BackgroundCopyFile,
  BackgroundCopyJob,
  BackgroundCopyManager,
  cleanUp,
  diagnose,
  DosvcError,
  Download,
  download,
  downloadAll,
  DownloadError,
  downloadProperties,
  DownloadManager,
  explain,
  isSupported,
  JobError,
  KEEP,
  TransferError,
  type AddedFileProperties,
  type AddFileOptions,
  type AllProgress,
  type AuthScheme,
  type AuthTarget,
  type BitsPeer,
  type BitsPeerCacheRecord,
  type Blame,
  type CertificateCheck,
  type CleanedUp,
  type CleanUpOptions,
  type CertStoreLocation,
  type ClientCertificate,
  type ConnectOptions,
  type CopyFileFlag,
  type CreateDownloadOptions,
  type Credentials,
  type DeliveryOptimizationManager,
  type DetachedTransfer,
  type DiagnoseOptions,
  type DiagnosticFinding,
  type DiagnosticReport,
  type DosvcErrorCode,
  type DosvcErrorOptions,
  type DownloadAllOptions,
  type DownloadCostPolicy,
  type DownloadErrorOptions,
  type DownloadEventMap,
  type DownloadFilter,
  type DownloadProperties,
  type DownloadProperty,
  type DownloadPropertyInfo,
  type DownloadState,
  type DownloadStatus,
  type DownloadWarning,
  type EnumJobsOptions,
  type ErrorContext,
  type Explanation,
  type ExpectedError,
  type Facility,
  type FileHash,
  type Fact,
  type FileInfo,
  type FileInterface,
  type FileProgress,
  type FileProperties,
  type FileRange,
  type FileSnapshot,
  type Finding,
  type FindingCode,
  type ForeignInterface,
  type HttpSecurity,
  type JobErrorFile,
  type JobErrorOptions,
  type JobEventMap,
  type JobFileRangesTransferred,
  type JobFileTransferred,
  type JobInterface,
  type JobModification,
  type JobPriority,
  type JobProgress,
  type JobProperties,
  type JobSnapshot,
  type JobState,
  type JobTimes,
  type JobType,
  type JobWarning,
  type ManagerInterface,
  type Methods,
  type NotifyCmdLine,
  type NotifyInterface,
  type Open,
  type OwnCode,
  type PeerCachingFlag,
  type PeerDownloadStats,
  type ProxySettings,
  type ProxyUsage,
  type RedirectPolicy,
  type ReplyProgress,
  type RouteName,
  type ServerCertificate,
  type SettableDownloadProperties,
  type Severity,
  type StreamOptions,
  type Success,
  type TransferAttempt,
  type TransferErrorOptions,
  type TransferItem,
  type TransferOptions,
  type TransferPolicy,
  type TransferProgress,
  type TransferResult,
  type TransferStart,
  type Verified,
  type WaitingFor,
  type WaitOptions,
  type WaitReason,
} from 'dosvc';
import {
  attach,
  type AttachOptions,
  type Detach,
  type DetachOptions,
  type Updater,
  type UpdaterLogger,
} from 'dosvc/electron-updater';

const ranges: readonly FileRange[] = [
  { offset: 0, length: 10 },
  { offset: 20, length: 'toEnd' },
];
const { signal } = new AbortController();
const waiting: WaitOptions = { signal, timeout: 1000, stallTimeout: undefined };
const connecting: ConnectOptions = { service: 'bits', callTimeout: 1000, pollInterval: undefined };
const authorization: AuthTarget = 'server';

export async function jobs(): Promise<JobSnapshot | undefined> {
  if (!isSupported()) return undefined;
  const optimization: DeliveryOptimizationManager = await BackgroundCopyManager.connect();
  await optimization.close();
  await using manager = await BackgroundCopyManager.connect(connecting);
  const type: JobType = 'download';
  await using job = await manager.createJob('Contoso update', type);
  await add(job);
  await set(job);
  listen(job);
  await job.resume();
  for await (const progress of job.watch(waiting)) show(progress);
  await job.wait(waiting);
  const { code, hresult }: Success = await job.complete();
  const listing: EnumJobsOptions = { allUsers: undefined };
  const [first] = await manager.enumJobs(listing);
  console.log(code, hresult.toFixed(), JSON.stringify(manager), first?.id);
  const snapshot = await (await manager.getJob(job.id)).snapshot();
  const times: JobTimes | null = snapshot.times;
  const files: FileSnapshot[] | null = snapshot.files;
  console.log(times?.creationTime?.getTime(), files?.length);
  return snapshot;
}

async function add(job: BackgroundCopyJob): Promise<void> {
  const options: AddFileOptions = { fileId: 'id', ranges, size: undefined };
  await job.addFile(new URL('https://example.com/app.msix'), 'C:\\Temp\\app.msix', options);
  const set: FileInfo[] = [{ remoteName: 'https://example.com/', localName: 'C:\\Temp\\a' }];
  await job.addFileSet(set);
  for (const file of await job.enumFiles()) await read(file);
  const job2 = job.as('IDeliveryOptimizationJob2');
  const added: AddedFile = await job2.addFile('id', 'url', [{ initialOffset: 0, length: null }]);
  const property: keyof AddedFileProperties = 'integrityCheckInfo';
  await added.setProperty(property, '{}');
}

async function read(file: BackgroundCopyFile): Promise<void> {
  const { bytesTotal, completed }: FileProgress = await file.getProgress();
  const property: keyof FileProperties = 'httpResponseHeaders';
  const headers: string | null = await file.getProperty(property);
  const interfaceName: FileInterface = 'IBackgroundCopyFile3';
  const temporary = await file.as(interfaceName).getTemporaryName();
  console.log(bytesTotal?.toFixed(), completed, headers, temporary, file.remoteName);
}

async function set(job: BackgroundCopyJob): Promise<void> {
  const priority: JobPriority = 'foreground';
  await job.setPriority(priority);
  const usage: ProxyUsage = 'override';
  await job.setProxySettings(usage, 'proxy:8080', null);
  const { proxyUsage, proxyList }: ProxySettings = await job.getProxySettings();
  const property: keyof JobProperties = 'costFlags';
  const policy: Open<TransferPolicy> | null = await job.getProperty(property);
  const name: JobInterface = 'IBackgroundCopyJob3';
  const job3: Methods<typeof name> = job.as(name);
  await job3.replaceRemotePrefix('https://example.com', new URL('https://example.org'));
  const flags: number = await job3.getFileACLFlags();
  const http = job.as('IBackgroundCopyJobHttpOptions');
  await http.setClientCertificateByID(1, 'MY', new Uint8Array(20));
  console.log(proxyUsage, proxyList, policy, flags, authorization);
  const check: CertificateCheck = {
    validateServerCertificate: ({ certificate, encodingType, store }: ServerCertificate) =>
      encodingType === 1 && certificate.length + store.length > 0,
  };
  await job.setServerCertificateValidationInterface(check);
  await job.setServerCertificateValidationInterface(null);
}

export async function onBits(job: BackgroundCopyJob, file: BackgroundCopyFile): Promise<void> {
  const scheme: AuthScheme = 'negotiate';
  const credentials: Credentials = {
    ...{ target: authorization, scheme },
    ...{ userName: null, password: null },
  };
  await job.setCredentials(credentials);
  const removed: boolean = await job.removeCredentials('proxy', scheme);
  const kept: readonly Open<CopyFileFlag>[] = await job.getFileACLFlags();
  await job.setFileACLFlags(kept);
  const peers: readonly Open<PeerCachingFlag>[] = await job.getPeerCachingFlags();
  const program: NotifyCmdLine | null = await job.getNotifyCmdLine();
  const reply: ReplyProgress = await job.getReplyProgress();
  const location: CertStoreLocation = 'current-user';
  await job.setClientCertificateByID(location, 'MY', new Uint8Array(20));
  const certificate: ClientCertificate | null = await job.getClientCertificate();
  const redirectPolicy: RedirectPolicy = 'disallow';
  await job.setSecurityFlags({ redirectPolicy });
  const security: HttpSecurity = await job.getSecurityFlags();
  await job.setCustomHeaders({ 'X-Contoso': 'update' });
  const headers: Record<string, string> | null = await job.getCustomHeaders();
  const sources: PeerDownloadStats = await file.getPeerDownloadStats();
  await file.requestFileRanges(ranges);
  told(removed, peers, program?.program, reply.bytesTotal, certificate?.certHash?.length);
  told(security.enableCrlCheck, headers?.['X-Contoso'], sources.fromOrigin?.toFixed());
}

export async function peerCache(manager: BackgroundCopyManager): Promise<void> {
  const name: ManagerInterface = 'IBitsPeerCacheAdministration';
  const cache: Methods<typeof name> = manager.as(name);
  const records: BitsPeerCacheRecord[] = await cache.enumRecords();
  for (const listed of records) {
    await using record = listed;
    told(await record.getId(), (await record.getFileSize())?.toFixed());
  }
  const [peer]: BitsPeer[] = await cache.enumPeers();
  told(await peer?.getPeerName(), await peer?.isAvailable());
}

function listen(job: BackgroundCopyJob): void {
  const notify: NotifyInterface = {
    jobError: (_failed, error) => {
      report(error);
    },
    fileTransferred: (_job, file) => {
      told(file.localName);
    },
  };
  void job.setNotifyInterface(notify);
  void job.getNotifyInterface().then((set: NotifyInterface | ForeignInterface | null) => set);
  job
    .on('transferred', () => undefined)
    .on('error', (error) => {
      report(error);
    })
    .on('progress', show)
    .on('modification', ({ state, progress }: JobModification) => {
      told(state, progress);
    })
    .on('file-transferred', ({ file }: JobFileTransferred) => {
      void file.as('IBackgroundCopyFile3').setValidationState(true);
    })
    .on('file-ranges-transferred', ({ file, ranges: got }: JobFileRangesTransferred) => {
      const [first]: FileRange[] = got;
      told(file.localName, first?.offset.toFixed());
    })
    .once('warning', ({ code, operation }: JobWarning) => {
      told(code, operation);
    });
  const events: (keyof JobEventMap)[] = ['error'];
  for (const event of events) job.removeAllListeners(event);
}

function report(error: unknown): void {
  if (error instanceof JobError) {
    const context: Open<ErrorContext> = error.context;
    const file: JobErrorFile | null = error.file;
    told(context, file?.remoteName);
  } else if (error instanceof DownloadError) {
    told(error.extendedError?.code);
  } else if (error instanceof DosvcError) {
    const code: DosvcErrorCode = error.code;
    const blame: Blame = error.blame;
    told(code, error.hresult, error.httpStatus, error.retryable, blame, error.transient);
  }
}

export async function diagnosed(): Promise<DiagnosticReport> {
  const options: DiagnoseOptions = {
    url: new URL('https://example.com/'),
    start: undefined,
    signal,
  };
  const report: DiagnosticReport = await diagnose(options);
  for (const found of report.findings) about(found);
  return report;
}

function about({ code, severity, service, errors, facts, ...words }: DiagnosticFinding): void {
  const known: FindingCode = code;
  const gravity: Severity = severity;
  const [expected]: ExpectedError[] = errors;
  const fact: Fact | undefined = facts.build;
  const finding: Finding = { code, severity, service, errors, facts, ...words };
  told(known, gravity, expected?.hresult.toFixed(), fact, finding.meaning, finding.advice?.length);
}

export function explained(): void {
  const explanation: Explanation | null = explain('0x80D03002');
  if (explanation === null) return;
  const facility: Open<Facility> | null = explanation.facility;
  const { code, names, hresult, meaning, advice, blame, transient, retryHelps } = explanation;
  told(code, names[0], hresult?.toFixed(), facility, meaning, advice?.length);
  told(blame, transient, retryHelps);
}

export function made(): DosvcError[] {
  const closed: OwnCode = 'ERR_DOSVC_CLOSED';
  const options: DosvcErrorOptions = { code: closed, hresult: undefined, cause: 'a test' };
  const job: JobErrorOptions = { ...options, context: 'remote-file', file: null };
  const download: DownloadErrorOptions = { ...options, extendedError: null };
  return [
    new DosvcError('', options),
    new JobError('', job),
    new DownloadError('', { ...download, code: 'DO_E_INVALID_STATE' }),
  ];
}

export async function downloads(): Promise<void> {
  await using manager = await DownloadManager.connect({ service: undefined });
  const policy: DownloadCostPolicy = 'no-roaming';
  const options: CreateDownloadOptions = {
    uri: new URL('https://example.com/app.msix'),
    localPath: 'C:\\Temp\\app.msix',
    costPolicy: policy,
    foreground: undefined,
  };
  await using download: Download = await manager.createDownload(options);
  download
    .on('status', (status) => {
      current(status);
    })
    .once('warning', ({ code, hresult }: DownloadWarning) => {
      told(code, hresult);
    });
  const events: (keyof DownloadEventMap)[] = ['status'];
  for (const event of events) download.removeAllListeners(event);
  const certificate: SettableDownloadProperties['securityContext'] = new Uint8Array(20);
  await download.setProperty('securityContext', certificate);
  const target: DownloadProperties['httpRedirectionTarget'] | null =
    await download.getProperty('httpRedirectionTarget');
  await download.start(ranges);
  for await (const status of download.watch(waiting)) current(status);
  const filter: DownloadFilter = { uri: 'https://example.com/app.msix' };
  const found = await manager.enumDownloads(filter);
  told(target, found.length);
  const streaming: StreamOptions = { ranges, signal };
  for await (const piece of download.stream(streaming)) told(piece);
  await download.finalize();
}

function current({ state, bytesTotal, waitingFor, error }: DownloadStatus): void {
  const ended: DownloadState = 'finalized';
  const reason: WaitReason | null = waitingFor;
  told(state === ended, bytesTotal, reason, error?.message);
}

function show({ bytesTransferred, bytesTotal }: JobProgress): void {
  const state: Open<JobState> = 'transferring';
  told(bytesTransferred, bytesTotal, state);
}

export function builds(): Map<DownloadProperty, number> {
  const infos: [DownloadProperty, DownloadPropertyInfo][] = (
    Object.keys(downloadProperties) as DownloadProperty[]
  ).map((name) => [name, downloadProperties[name]]);
  return new Map(infos.map(([name, { since }]) => [name, since]));
}

export async function transfers(control: AbortController): Promise<void> {
  const hash: FileHash = { sha512: '' };
  const routes: readonly RouteName[] = ['delivery-optimization', 'http'];
  const options: TransferOptions = {
    ...{ hash, routes, size: 7, priority: 'background', cost: 'no-roaming', onHold: 'next' },
    ...{ holdTimeout: 1, stallTimeout: false, timeout: undefined, retryDelay: 5000 },
    headers: { 'X-Contoso': 'update' },
    key: 'com.contoso.app/update',
    verify: async (file, { signal: verifying }) => {
      await Promise.resolve([file, verifying.aborted]);
    },
    onStart: ({ route, id }: TransferStart) => {
      told(route, id?.length);
    },
    onFailedAttempt: ({ route, error }: TransferAttempt) => {
      told(route, error.code);
    },
    onProgress: ({ bytesTransferred, bytesTotal, secondsLeft, waitingFor }: TransferProgress) => {
      const reason: WaitingFor | null = waitingFor;
      told(bytesTransferred.toFixed(), bytesTotal?.toFixed(), secondsLeft?.toFixed(), reason);
    },
    signal: control.signal,
  };
  try {
    const url = new URL('https://example.com/app.msix');
    const result: TransferResult = await download([url, url.href], 'C:\\app.msix', {
      ...options,
      detach: false,
    });
    const verified: Verified = result.verified;
    told(result.route, result.id, result.bytes, result.file, verified, result.elapsed);
    const left = await download(url, 'C:\\app.msix', { ...options, detach: true });
    if (!('bytes' in left)) detached(left);
  } catch (error) {
    if (error instanceof TransferError) error.attempts.map(attempted);
  }
  control.abort(KEEP);
}

function detached({ key, route, id }: DetachedTransfer): void {
  told(key?.length, route, id);
}

function attempted({ route, address, error, elapsed }: TransferAttempt): TransferError {
  const options: TransferErrorOptions = { code: error.code, attempts: [], final: false };
  return new TransferError(`${route} ${address} ${elapsed.toFixed()}`, options);
}

export async function many(items: readonly TransferItem[]): Promise<void> {
  const options: DownloadAllOptions = {
    concurrency: 2,
    onProgress: ({ filesDone, filesTotal, bytesTotal }: AllProgress) => {
      told(filesDone / filesTotal, bytesTotal?.toFixed());
    },
  };
  for (const settled of await downloadAll(items, options)) {
    if (settled.status === 'fulfilled') told(settled.value.bytes);
    else report(settled.reason);
  }
  const { signal } = new AbortController();
  const choice: CleanUpOptions = { prefix: 'com.contoso.', olderThan: 0, signal };
  const ended: CleanedUp[] = await cleanUp(choice);
  told(ended[0]?.route, ended[0]?.key, ended[0]?.file);
}

/** As electron-updater declares its updaters and their loggers. */
declare class AppUpdater {
  get logger(): Logger | null;
  set logger(value: Logger | null);
}
interface Logger {
  info(message?: unknown): void;
  warn(message?: unknown): void;
  error(message?: unknown): void;
}

export async function updates(autoUpdater: AppUpdater): Promise<void> {
  const updater: Updater = autoUpdater;
  const logger: UpdaterLogger | null = updater.logger;
  logger?.info('attaching');
  const options: AttachOptions = { routes: ['bits'], cost: 'no-roaming', onProgress: told };
  const detach: Detach = attach(autoUpdater, options);
  const leaving: DetachOptions = { keep: true };
  await detach(leaving);
}

function told(...words: unknown[]): void {
  console.log(...words);
}
