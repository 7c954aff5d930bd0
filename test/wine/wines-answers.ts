// SPDX-License-Identifier: MIT
// What Wine's BITS does not implement, or does wrongly: its exact answers, by version of Wine. One
// table, however long: it is read from top to bottom when a new Wine adds a column.

import { join } from 'node:path';
import { HttpServer } from '../http/server.js';
import {
  answerOf,
  askError,
  askJob,
  calledBack,
  cancelHeld,
  outcomeOf,
  sizeMidway,
  statusesTaken,
  toldOfFiles,
  uploaded,
  withHeldFile,
  type Given,
} from './wines-calls.js';

export interface Row {
  /** What is called, and what is read from the answer. */
  what: string;
  ask: (given: Given) => Promise<unknown>;
  /** By version of Wine: the result, or the code of the rejection. */
  answers: Record<number, unknown>;
}

/** The same answer from Debian 12's Wine and from Debian 13's. */
const always = (answer: unknown) => ({ 8: answer, 10: answer });

const notImplemented = always('E_NOTIMPL');
const missing = always('ERR_DOSVC_INTERFACE_MISSING');
/** Wine 8 finds a null reference while it marshals the call, before its service is called. */
const nullReference = { 8: 'RPC_X_NULL_REF_POINTER', 10: 'E_NOTIMPL' };

const job2 = ({ job }: Given) => job.as('IBackgroundCopyJob2');
const job4 = ({ job }: Given) => job.as('IBackgroundCopyJob4');
const http = ({ job }: Given) => job.as('IBackgroundCopyJobHttpOptions');

export const rows: Row[] = [
  {
    what: 'GetErrorDescription of the manager',
    ask: ({ manager }) => manager.getErrorDescription(0x80190194),
    answers: notImplemented,
  },
  { what: 'Suspend', ask: ({ job }) => job.suspend(), answers: notImplemented },
  { what: 'SetDisplayName', ask: ({ job }) => job.setDisplayName('b'), answers: notImplemented },
  { what: 'GetPriority', ask: ({ job }) => job.getPriority(), answers: notImplemented },
  { what: 'GetTimes', ask: ({ job }) => job.getTimes(), answers: notImplemented },
  { what: 'GetOwner', ask: ({ job }) => job.getOwner(), answers: notImplemented },
  { what: 'GetErrorCount', ask: ({ job }) => job.getErrorCount(), answers: notImplemented },
  {
    what: 'SetProxySettings',
    ask: ({ job }) => job.setProxySettings('override', 'proxy:8080', 'localhost'),
    answers: notImplemented,
  },
  { what: 'GetProxySettings', ask: ({ job }) => job.getProxySettings(), answers: notImplemented },
  { what: 'TakeOwnership', ask: ({ job }) => job.takeOwnership(), answers: notImplemented },
  {
    what: 'GetDescription of a job that has none',
    ask: ({ job }) => job.getDescription(),
    answers: always('ERROR_NOACCESS'),
  },
  {
    what: 'SetMinimumRetryDelay(60), read back',
    ask: async ({ job }) => {
      await job.setMinimumRetryDelay(60);
      return job.getMinimumRetryDelay();
    },
    answers: always(30),
  },
  {
    what: 'SetNoProgressTimeout(60), read back',
    ask: async ({ job }) => {
      await job.setNoProgressTimeout(60);
      return job.getNoProgressTimeout();
    },
    answers: always(900),
  },

  {
    what: 'SetNotifyCmdLine',
    ask: (given) => job2(given).setNotifyCmdLine('C:\\a.exe', null),
    answers: notImplemented,
  },
  {
    what: 'GetNotifyCmdLine',
    ask: (given) => job2(given).getNotifyCmdLine(),
    answers: notImplemented,
  },
  {
    what: 'GetReplyProgress',
    ask: (given) => job2(given).getReplyProgress(),
    answers: notImplemented,
  },
  { what: 'GetReplyData', ask: (given) => job2(given).getReplyData(), answers: notImplemented },
  {
    what: 'SetReplyFileName',
    ask: (given) => job2(given).setReplyFileName('C:\\reply'),
    answers: notImplemented,
  },
  {
    what: 'GetReplyFileName',
    ask: (given) => job2(given).getReplyFileName(),
    answers: notImplemented,
  },

  {
    what: 'ReplaceRemotePrefix, and the address of the file',
    ask: async ({ job, file }) => {
      const { origin } = new URL(file.remoteName);
      await job.as('IBackgroundCopyJob3').replaceRemotePrefix(origin, 'http://elsewhere');
      return (await file.getRemoteName()).startsWith(origin);
    },
    answers: always(true),
  },
  {
    what: 'AddFileWithRanges, and the files of the job',
    ask: async ({ job, file, folder }) => {
      const ranges = [{ offset: 0, length: 10 }];
      await job.addFile(file.remoteName, join(folder, 'part.bin'), { ranges });
      return (await job.enumFiles()).length;
    },
    answers: always(1),
  },
  {
    what: 'SetFileACLFlags(1), read back',
    ask: async ({ job }) => {
      const job3 = job.as('IBackgroundCopyJob3');
      await job3.setFileACLFlags(1);
      return job3.getFileACLFlags();
    },
    answers: always(0),
  },

  {
    what: 'SetPeerCachingFlags',
    ask: (given) => job4(given).setPeerCachingFlags(1),
    answers: always(null),
  },
  {
    what: 'GetPeerCachingFlags',
    ask: (given) => job4(given).getPeerCachingFlags(),
    answers: notImplemented,
  },
  {
    what: 'GetOwnerIntegrityLevel',
    ask: (given) => job4(given).getOwnerIntegrityLevel(),
    answers: notImplemented,
  },
  {
    what: 'GetOwnerElevationState',
    ask: (given) => job4(given).getOwnerElevationState(),
    answers: notImplemented,
  },
  {
    what: 'SetMaximumDownloadTime',
    ask: (given) => job4(given).setMaximumDownloadTime(60),
    answers: always(null),
  },
  {
    what: 'GetMaximumDownloadTime',
    ask: (given) => job4(given).getMaximumDownloadTime(),
    answers: notImplemented,
  },

  {
    what: 'SetClientCertificateByID',
    ask: (given) => http(given).setClientCertificateByID(1, 'MY', new Uint8Array(20)),
    answers: notImplemented,
  },
  {
    what: 'SetClientCertificateByName',
    ask: (given) => http(given).setClientCertificateByName(1, 'MY', 'Contoso'),
    answers: notImplemented,
  },
  {
    what: 'RemoveClientCertificate',
    ask: (given) => http(given).removeClientCertificate(),
    answers: notImplemented,
  },
  {
    what: 'GetClientCertificate',
    ask: (given) => http(given).getClientCertificate(),
    answers: nullReference,
  },
  {
    what: 'IBackgroundCopyJobHttpOptions2',
    ask: ({ job }) => job.as('IBackgroundCopyJobHttpOptions2').getHttpMethod(),
    answers: missing,
  },
  {
    what: 'IBitsTokenOptions',
    ask: ({ job }) => job.as('IBitsTokenOptions').getHelperTokenFlags(),
    answers: missing,
  },

  { what: 'GetFileRanges', ask: ({ file }) => file.getFileRanges(), answers: notImplemented },
  {
    what: 'SetRemoteName',
    ask: ({ file }) => file.setRemoteName(file.remoteName),
    answers: notImplemented,
  },
  {
    what: 'IBackgroundCopyFile3',
    ask: ({ file }) => file.as('IBackgroundCopyFile3').getTemporaryName(),
    answers: missing,
  },
  {
    what: 'IBackgroundCopyFile4',
    ask: ({ file }) => file.as('IBackgroundCopyFile4').getPeerDownloadStats(),
    answers: missing,
  },
  {
    what: 'IBackgroundCopyFile6',
    ask: ({ file }) => file.as('IBackgroundCopyFile6').getFilledFileRanges(),
    answers: missing,
  },

  {
    what: 'GetErrorDescription of an error',
    ask: (given) => askError(given, 'GetErrorDescription', 0x409),
    answers: nullReference,
  },
  {
    what: 'GetErrorContextDescription of an error',
    ask: (given) => askError(given, 'GetErrorContextDescription', 0x409),
    answers: nullReference,
  },
  {
    what: 'GetProtocol of an error',
    ask: (given) => askError(given, 'GetProtocol'),
    answers: nullReference,
  },

  {
    what: 'EnumFiles, and where the file that was added last stands',
    ask: async ({ job, file, folder }) => {
      const last = join(folder, 'last.bin');
      await job.addFile(file.remoteName, last);
      return (await job.enumFiles()).findIndex(({ localName }) => localName === last);
    },
    answers: always(0),
  },
  {
    what: 'AddFile with a relative path, below this package',
    ask: ({ job, file }) => askJob(job.id, 'AddFile', file.remoteName, 'file.bin'),
    answers: always(null),
  },
  {
    what: 'AddFile on a job that is acknowledged',
    ask: async ({ job, file, folder }) => {
      await job.complete();
      return job.addFile(file.remoteName, join(folder, 'late.bin'));
    },
    answers: always(undefined),
  },
  {
    what: 'AddFile twice on an upload, which takes one file',
    ask: async ({ manager, file, folder }) => {
      const upload = await manager.createJob('dosvc test', 'upload');
      await upload.addFile(file.remoteName, join(folder, 'one.bin'));
      const answer = await answerOf(upload.addFile(file.remoteName, join(folder, 'two.bin')));
      await upload.cancel();
      return answer;
    },
    answers: always(undefined),
  },
  {
    what: 'GetProgress of a job that is transferred',
    ask: async ({ job }) => {
      await job.resume();
      await job.wait();
      return (await job.getProgress()).bytesTotal;
    },
    answers: always(null),
  },
  {
    what: 'GetProgress of a file that is transferred and not completed',
    ask: async ({ job, file }) => {
      await job.resume();
      await job.wait();
      return (await file.getProgress()).completed;
    },
    answers: always(true),
  },
  {
    what: 'Cancel of a job without temporary files',
    ask: async ({ job }) => (await job.cancel()).code,
    answers: always('BG_S_UNABLE_TO_DELETE_FILES'),
  },
  {
    what: 'Cancel while the server holds back the rest of a file, within three seconds',
    ask: ({ server, folder }) => cancelHeld(server.file('held').url, folder),
    // Wine 8 waits for the server.
    answers: { 8: 'ERR_DOSVC_CALL_TIMEOUT', 10: 'BG_S_UNABLE_TO_DELETE_FILES' },
  },
  {
    what: 'GetJob of a job that is cancelled',
    ask: async ({ manager, job }) => {
      await job.cancel();
      return (await manager.getJob(job.id)).getState();
    },
    answers: always('cancelled'),
  },
  {
    what: 'EnumJobs, and whether it lists a job that is cancelled',
    ask: async ({ manager, job }) => {
      await job.cancel();
      return (await manager.enumJobs()).some(({ id }) => id === job.id);
    },
    answers: always(true),
  },
  {
    what: 'a connection cut in the middle: state, success, and the bytes under the final name',
    ask: (given) => {
      const { url } = given.server.file('cut', 'cut.bin', 1000);
      return outcomeOf(given, url, join(given.folder, 'cut.bin'));
    },
    answers: always(['transferred', 'S_OK', 500]),
  },
  {
    // Windows' fails with BG_E_MISSING_FILE_SIZE: the server must return the size
    // (https://learn.microsoft.com/windows/win32/bits/http-requirements-for-bits-downloads).
    what: 'a file without a Content-Length: state, success, and the bytes under the final name',
    ask: (given) => {
      const { url } = given.server.file('unsized', 'unsized.bin', 70_000);
      return outcomeOf(given, url, join(given.folder, 'unsized.bin'));
    },
    answers: always(['transferred', 'S_OK', 70_000]),
  },
  {
    what: 'error statuses of the server, and which of their pages end as the file',
    ask: statusesTaken,
    answers: always([403, 410, 429, 451, 500, 502]),
  },
  {
    what: 'a redirect that leads to itself: code, and the number of requests',
    ask: async (given) => {
      const { server, folder } = given;
      const url = server.serve('circle', { content: Buffer.alloc(0), redirect: '/circle' });
      const code = await outcomeOf(given, url, join(folder, 'circle.bin'));
      return [code, server.asked.length];
    },
    answers: always(['BG_E_ERROR_INFORMATION_UNAVAILABLE', 11]),
  },
  {
    what: 'a redirect to another origin, and whether custom headers go there',
    ask: async (given) => {
      const other = await HttpServer.start();
      try {
        const { url: redirect } = other.file('whole');
        const url = given.server.serve('moved', { content: Buffer.alloc(0), redirect });
        await http(given).setCustomHeaders('X-Token: secret');
        await given.job.addFile(url, join(given.folder, 'moved.bin'));
        await given.job.resume();
        await given.job.wait();
        return other.asked.map(({ headers }) => headers['x-token']);
      } finally {
        await other.stop();
      }
    },
    answers: always(['secret']),
  },
  {
    what: 'an address with a fragment, and what the server is asked for',
    ask: async (given) => {
      const { server, folder } = given;
      const { url } = server.file('whole', 'setup.exe', 1000);
      await outcomeOf(given, `${url}#part`, join(folder, 'setup.exe'));
      return server.asked.map(({ path }) => path);
    },
    answers: always(['/whole/1000/setup.exe%23part']),
  },
  {
    what: 'the address of IPv6 that stands for 127.0.0.1: code, and the number of requests',
    ask: async (given) => {
      const { server, folder } = given;
      const { url } = server.file('whole');
      const mapped = url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
      const code = await outcomeOf(given, mapped, join(folder, 'mapped.bin'));
      return [code, server.asked.length];
    },
    answers: always(['BG_E_ERROR_INFORMATION_UNAVAILABLE', 0]),
  },
  {
    what: 'GetProgress of a file of 3 GB',
    ask: (given) => sizeMidway(given, 3 * 2 ** 30),
    answers: { 8: 2 ** 31 - 1, 10: 3 * 2 ** 30 },
  },
  {
    // Windows' refuses them in AddFile: E_INVALIDARG or E_ACCESSDENIED
    // (https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-addfile).
    what: 'a target without a folder, in the place of a folder, or on no drive',
    ask: async (given) => {
      const { url } = given.server.file('whole');
      const targets = [join(given.folder, 'missing', 'file.bin'), given.folder, 'Q:\\file.bin'];
      const outcomes = [];
      for (const target of targets) outcomes.push(await outcomeOf(given, url, target));
      return outcomes;
    },
    answers: always(
      Array.from({ length: 3 }, () => ['transferred', 'BG_S_PARTIAL_COMPLETE', null]),
    ),
  },
  {
    what: 'a target that another program holds open: state, success, and its size',
    ask: (given) => {
      const { url } = given.server.file('whole');
      const path = join(given.folder, 'held.bin');
      return withHeldFile(path, () => outcomeOf(given, url, path));
    },
    answers: always(['transferred', 'BG_S_PARTIAL_COMPLETE', 0]),
  },
  {
    what: 'the callback JobTransferred',
    ask: ({ server, folder }) => calledBack(server.file('whole').url, folder, 'transferred'),
    answers: always(['transferred']),
  },
  {
    what: 'the callback JobError, of a file that the server does not have',
    ask: ({ server, folder }) => calledBack(server.file(404).url, folder, 'error'),
    answers: always([]),
  },
  {
    what: 'listeners to files: the flags, without the one that it refuses, and what it tells them',
    ask: (given) => toldOfFiles(given, given.server.file('whole').url),
    answers: always([19, ['E_NOTIMPL', 'transferred']]),
  },
  {
    what: 'SetServerCertificateValidationInterface',
    ask: ({ job }) =>
      job.setServerCertificateValidationInterface({ validateServerCertificate: () => true }),
    answers: missing,
  },
  ...(['upload', 'upload-reply'] as const).map((type) => ({
    what: `a job of the type ${type}: it downloads, over the file that it should upload`,
    ask: (given: Given) => uploaded(given, type),
    answers: always([type, ['GET'], 'S_OK', 'of the server']),
  })),
];
