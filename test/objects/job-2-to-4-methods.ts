// SPDX-License-Identifier: MIT
//
// The methods of IBackgroundCopyJob2, 3 and 4: what the service gets and what comes back.

import type { BackgroundCopyJob } from 'dosvc';
import { uint32, uint64 } from '../recorder/plan.js';
import { enumValue } from '../facts/facts.js';
import { pointerSize } from '../facts/struct-layout.js';
import type { Method } from './method.js';
import { allOnes, writtenBytes, writtenNumber, writtenText } from './written.js';

type Row = Method<BackgroundCopyJob>;

export const [S_OK, S_FALSE] = [0, 1];

const job2 = (method: string) => `IBackgroundCopyJob2::${method}`;
const job3 = (method: string) => `IBackgroundCopyJob3::${method}`;
const job4 = (method: string) => `IBackgroundCopyJob4::${method}`;

/** BG_AUTH_CREDENTIALS up to its pointers: target and scheme. */
const whose = (target: string, scheme: string) =>
  Buffer.concat(
    [`BG_AUTH_TARGET_${target}`, `BG_AUTH_SCHEME_${scheme}`].map((name) => uint32(enumValue(name))),
  );

/** What the flags of a setter's argument are, and of a getter's result. */
function flagMethods(
  set: (job: BackgroundCopyJob, flags: never) => Promise<void>,
  get: (job: BackgroundCopyJob) => Promise<unknown>,
  rows: [set: string, get: string],
  cases: [flags: unknown[], number: number][],
): [Row[], Row[]] {
  const [setRow, getRow] = rows;
  return [
    cases.map(([flags, number]) => ({
      calls: (job) => set(job, flags as never),
      row: setRow,
      given: [number],
    })),
    cases.map(([flags, number]) => ({
      calls: get,
      row: getRow,
      steps: [writtenNumber(0, number)],
      result: flags,
    })),
  ];
}

const [setFileACLFlags, getFileACLFlags] = flagMethods(
  (job, flags) => job.setFileACLFlags(flags),
  (job) => job.getFileACLFlags(),
  [job3('SetFileACLFlags'), job3('GetFileACLFlags')],
  [
    [[], 0],
    [['group'], 2],
    [['owner', 'dacl', 'sacl'], 13],
    [['owner', 'group', 'dacl', 'sacl'], 15],
    [['dacl', 0x20, 0x8000_0000], 0x8000_0024],
  ],
);
const [setPeerCachingFlags, getPeerCachingFlags] = flagMethods(
  (job, flags) => job.setPeerCachingFlags(flags),
  (job) => job.getPeerCachingFlags(),
  [job4('SetPeerCachingFlags'), job4('GetPeerCachingFlags')],
  [
    [[], 0],
    [['enable-peercaching-client', 'enable-peercaching-server'], 3],
    [['disable-branch-cache', 8], 12],
  ],
);

/** What a success code says. */
export const found = (hresult: number) => ({ hresult, result: hresult === S_OK });

export const job2To4Methods: Record<string, Row | Row[]> = {
  setNotifyCmdLine: [
    {
      calls: (job) => job.setNotifyCmdLine('C:\\a b.exe', '"C:\\a b.exe" 1'),
      row: job2('SetNotifyCmdLine'),
      given: ['C:\\a b.exe', '"C:\\a b.exe" 1'],
    },
    {
      calls: (job) => job.setNotifyCmdLine('C:\\a.exe'),
      row: job2('SetNotifyCmdLine'),
      given: ['C:\\a.exe', null],
    },
    {
      calls: (job) => job.setNotifyCmdLine(null),
      row: job2('SetNotifyCmdLine'),
      given: [null, null],
    },
  ],
  getNotifyCmdLine: [
    {
      calls: (job) => job.getNotifyCmdLine(),
      row: job2('GetNotifyCmdLine'),
      steps: [writtenText(0, 'C:\\a.exe'), writtenText(1, 'a.exe 1')],
      result: { program: 'C:\\a.exe', parameters: 'a.exe 1' },
    },
    {
      calls: (job) => job.getNotifyCmdLine(),
      row: job2('GetNotifyCmdLine'),
      steps: [writtenText(0, 'C:\\a.exe'), writtenText(1, '')],
      result: { program: 'C:\\a.exe', parameters: null },
    },
    {
      calls: (job) => job.getNotifyCmdLine(),
      row: job2('GetNotifyCmdLine'),
      steps: [writtenText(0, ''), writtenText(1, '')],
      result: null,
    },
    { calls: (job) => job.getNotifyCmdLine(), row: job2('GetNotifyCmdLine'), result: null },
  ],
  getReplyProgress: [
    {
      calls: (job) => job.getReplyProgress(),
      row: job2('GetReplyProgress'),
      steps: [writtenBytes(0, Buffer.concat([uint64(allOnes), uint64(0)]))],
      result: { bytesTotal: null, bytesTransferred: 0 },
    },
    {
      calls: (job) => job.getReplyProgress(),
      row: job2('GetReplyProgress'),
      steps: [writtenBytes(0, Buffer.concat([uint64(2 ** 40), uint64(5)]))],
      result: { bytesTotal: 2 ** 40, bytesTransferred: 5 },
    },
  ],
  getReplyData: [
    {
      calls: (job) => job.getReplyData(),
      row: job2('GetReplyData'),
      steps: [
        { kind: 'writeMemory', argument: 0, data: Buffer.from('reply') },
        writtenBytes(1, uint64(5)),
      ],
      result: Buffer.from('reply'),
    },
    { calls: (job) => job.getReplyData(), row: job2('GetReplyData'), result: Buffer.alloc(0) },
  ],
  setReplyFileName: ['C:\\reply.bin', '\\\\server\\share\\reply.bin', null].map((path) => ({
    calls: (job) => job.setReplyFileName(path),
    row: job2('SetReplyFileName'),
    given: [path],
  })),
  getReplyFileName: [
    {
      calls: (job) => job.getReplyFileName(),
      row: job2('GetReplyFileName'),
      steps: [writtenText(0, 'C:\\reply.bin')],
      result: 'C:\\reply.bin',
    },
    { calls: (job) => job.getReplyFileName(), row: job2('GetReplyFileName'), result: null },
  ],
  setCredentials: [
    {
      calls: (job) =>
        job.setCredentials({ target: 'server', scheme: 'basic', userName: 'user', password: '' }),
      row: job2('SetCredentials'),
      given: [whose('SERVER', 'BASIC')],
    },
    {
      calls: (job) =>
        job.setCredentials({ target: 'proxy', scheme: 'ntlm', userName: null, password: null }),
      row: job2('SetCredentials'),
      given: [Buffer.concat([whose('PROXY', 'NTLM'), Buffer.alloc(2 * pointerSize)])],
    },
    ...(['digest', 'negotiate', 'passport'] as const).map((scheme) => ({
      calls: (job: BackgroundCopyJob) =>
        job.setCredentials({
          ...{ target: 'server', scheme },
          ...{ userName: 'D\\user', password: 'word' },
        }),
      row: job2('SetCredentials'),
      given: [whose('SERVER', scheme.toUpperCase())],
    })),
  ],
  removeCredentials: [S_OK, S_FALSE].map((hresult) => ({
    calls: (job) => job.removeCredentials('proxy', 'negotiate'),
    row: job2('RemoveCredentials'),
    given: [enumValue('BG_AUTH_TARGET_PROXY'), enumValue('BG_AUTH_SCHEME_NEGOTIATE')],
    ...found(hresult),
  })),
  replaceRemotePrefix: [
    {
      calls: (job) => job.replaceRemotePrefix('http://old/', new URL('https://new/')),
      row: job3('ReplaceRemotePrefix'),
      given: ['http://old/', 'https://new/'],
      ...found(S_OK),
    },
    {
      calls: (job) => job.replaceRemotePrefix('\\\\old', '\\\\new'),
      row: job3('ReplaceRemotePrefix'),
      given: ['\\\\old', '\\\\new'],
      ...found(S_FALSE),
    },
  ],
  setFileACLFlags: [
    ...setFileACLFlags,
    {
      calls: (job) => job.setFileACLFlags(['all']),
      row: job3('SetFileACLFlags'),
      given: [enumValue('BG_COPY_FILE_ALL')],
    },
  ],
  getFileACLFlags,
  setPeerCachingFlags,
  getPeerCachingFlags,
  getOwnerIntegrityLevel: {
    calls: (job) => job.getOwnerIntegrityLevel(),
    row: job4('GetOwnerIntegrityLevel'),
    steps: [writtenNumber(0, 0x3000)],
    result: 0x3000,
  },
  getOwnerElevationState: [1, 0].map((elevated) => ({
    calls: (job) => job.getOwnerElevationState(),
    row: job4('GetOwnerElevationState'),
    steps: [writtenNumber(0, elevated)],
    result: elevated === 1,
  })),
  setMaximumDownloadTime: [0, 0xffff_ffff].map((seconds) => ({
    calls: (job) => job.setMaximumDownloadTime(seconds),
    row: job4('SetMaximumDownloadTime'),
    given: [seconds],
  })),
  getMaximumDownloadTime: {
    calls: (job) => job.getMaximumDownloadTime(),
    row: job4('GetMaximumDownloadTime'),
    steps: [writtenNumber(0, 7_776_000)],
    result: 7_776_000,
  },
};
