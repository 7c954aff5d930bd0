// SPDX-License-Identifier: MIT
//
// Every method of a job, on a service that behaves as documented: what the service gets and what
// comes back. Wine's BITS lacks many of them.

import { EventEmitter } from 'node:events';
import { BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { guidBytes } from '../recorder/plan.js';
import { enumValue, hresultOf } from '../facts/facts.js';
import { httpMethods } from './http-methods.js';
import { job2To4Methods } from './job-2-to-4-methods.js';
import { it } from './library-scene.js';
import { publicMethods, tryMethod, type Method } from './method.js';
import { allOnes, structBytes, writtenBytes, writtenNumber, writtenText } from './written.js';

const id = '0123abcd-4567-89ef-fedc-ba9876543210';
const url = 'https://example.com/ä?b=c';
const path = 'C:\\Ordner\\ä.bin';

/** Units of 100 ns since 1601. */
const ticks = {
  year1970: 116_444_736_000_000_000n,
  year2000: 125_911_584_000_000_000n,
};

type Row = Method<BackgroundCopyJob>;

const methods: Record<string, Row | Row[]> = {
  addFile: [
    { calls: (job) => job.addFile(url, path), row: 'AddFile', given: [url, path] },
    {
      calls: (job) => job.addFile('\\\\server\\share\\a', path, { fileId: 'id', size: 5 }),
      row: 'AddFile',
      given: ['\\\\server\\share\\a', path],
    },
  ],
  suspend: { calls: (job) => job.suspend(), row: 'Suspend' },
  resume: {
    calls: (job) => job.resume(),
    row: 'Resume',
    first: ['IBackgroundCopyJob::GetState', 'IBackgroundCopyJob::GetProgress'],
  },
  takeOwnership: { calls: (job) => job.takeOwnership(), row: 'TakeOwnership' },
  getId: {
    calls: (job) => job.getId(),
    row: 'GetId',
    steps: [writtenBytes(0, guidBytes(id))],
    result: id,
  },
  getType: {
    calls: (job) => job.getType(),
    row: 'GetType',
    steps: [writtenNumber(0, enumValue('BG_JOB_TYPE_UPLOAD_REPLY'))],
    result: 'upload-reply',
  },
  getState: {
    calls: (job) => job.getState(),
    row: 'GetState',
    steps: [writtenNumber(0, enumValue('BG_JOB_STATE_TRANSIENT_ERROR'))],
    result: 'transient-error',
  },
  getProgress: {
    calls: (job) => job.getProgress(),
    row: 'GetProgress',
    steps: [
      writtenBytes(
        0,
        structBytes('BG_JOB_PROGRESS', {
          BytesTotal: allOnes,
          BytesTransferred: 2 ** 40,
          FilesTotal: 7,
          FilesTransferred: 3,
        }),
      ),
    ],
    result: { bytesTotal: null, bytesTransferred: 2 ** 40, filesTotal: 7, filesTransferred: 3 },
  },
  getTimes: {
    calls: (job) => job.getTimes(),
    row: 'GetTimes',
    steps: [
      writtenBytes(
        0,
        structBytes('BG_JOB_TIMES', {
          CreationTime: ticks.year1970,
          ModificationTime: ticks.year2000,
          TransferCompletionTime: 0,
        }),
      ),
    ],
    result: {
      creationTime: new Date(0),
      modificationTime: new Date('2000-01-01T00:00:00Z'),
      transferCompletionTime: null,
    },
  },
  getErrorCount: {
    calls: (job) => job.getErrorCount(),
    row: 'GetErrorCount',
    steps: [writtenNumber(0, 3)],
    result: 3,
  },
  getOwner: {
    calls: (job) => job.getOwner(),
    row: 'GetOwner',
    steps: [writtenText(0, 'S-1-5-18')],
    result: 'S-1-5-18',
  },
  setDisplayName: {
    calls: (job) => job.setDisplayName('neuer Name'),
    row: 'SetDisplayName',
    given: ['neuer Name'],
  },
  getDisplayName: {
    calls: (job) => job.getDisplayName(),
    row: 'GetDisplayName',
    steps: [writtenText(0, 'ein Name')],
    result: 'ein Name',
  },
  setDescription: [
    { calls: (job) => job.setDescription('text'), row: 'SetDescription', given: ['text'] },
    { calls: (job) => job.setDescription(''), row: 'SetDescription', given: [''] },
  ],
  getDescription: [
    {
      calls: (job) => job.getDescription(),
      row: 'GetDescription',
      steps: [writtenText(0, '')],
      result: '',
    },
    { calls: (job) => job.getDescription(), row: 'GetDescription', result: null },
  ],
  setPriority: (['foreground', 'high', 'normal', 'low'] as const).map((priority) => ({
    calls: (job) => job.setPriority(priority),
    row: 'SetPriority',
    given: [enumValue(`BG_JOB_PRIORITY_${priority.toUpperCase()}`)],
  })),
  getPriority: {
    calls: (job) => job.getPriority(),
    row: 'GetPriority',
    steps: [writtenNumber(0, enumValue('BG_JOB_PRIORITY_FOREGROUND'))],
    result: 'foreground',
  },
  setNotifyFlags: { calls: (job) => job.setNotifyFlags(9), row: 'SetNotifyFlags', given: [9] },
  getNotifyFlags: {
    calls: (job) => job.getNotifyFlags(),
    row: 'GetNotifyFlags',
    steps: [writtenNumber(0, 11)],
    result: 11,
  },
  setMinimumRetryDelay: {
    calls: (job) => job.setMinimumRetryDelay(0xffff_ffff),
    row: 'SetMinimumRetryDelay',
    given: [0xffff_ffff],
  },
  getMinimumRetryDelay: {
    calls: (job) => job.getMinimumRetryDelay(),
    row: 'GetMinimumRetryDelay',
    steps: [writtenNumber(0, 600)],
    result: 600,
  },
  setNoProgressTimeout: {
    calls: (job) => job.setNoProgressTimeout(0),
    row: 'SetNoProgressTimeout',
    given: [0],
  },
  getNoProgressTimeout: {
    calls: (job) => job.getNoProgressTimeout(),
    row: 'GetNoProgressTimeout',
    steps: [writtenNumber(0, 0xffff_ffff)],
    result: 0xffff_ffff,
  },
  setProxySettings: [
    {
      calls: (job) => job.setProxySettings('override', 'proxy:8080', '<local>'),
      row: 'SetProxySettings',
      given: [enumValue('BG_JOB_PROXY_USAGE_OVERRIDE'), 'proxy:8080', '<local>'],
    },
    {
      calls: (job) => job.setProxySettings('no-proxy'),
      row: 'SetProxySettings',
      given: [enumValue('BG_JOB_PROXY_USAGE_NO_PROXY'), null, null],
    },
  ],
  getProxySettings: [
    {
      calls: (job) => job.getProxySettings(),
      row: 'GetProxySettings',
      steps: [
        writtenNumber(0, enumValue('BG_JOB_PROXY_USAGE_OVERRIDE')),
        writtenText(1, 'proxy:8080'),
        writtenText(2, '<local>'),
      ],
      result: { proxyUsage: 'override', proxyList: 'proxy:8080', proxyBypassList: '<local>' },
    },
    {
      calls: (job) => job.getProxySettings(),
      row: 'GetProxySettings',
      steps: [writtenNumber(0, enumValue('BG_JOB_PROXY_USAGE_PRECONFIG'))],
      result: { proxyUsage: 'preconfig', proxyList: null, proxyBypassList: null },
    },
  ],
  complete: ['S_OK', 'BG_S_PARTIAL_COMPLETE'].map((code) => success('complete', 'Complete', code)),
  cancel: ['S_OK', 'BG_S_UNABLE_TO_DELETE_FILES'].map((code) => success('cancel', 'Cancel', code)),
};

function success(method: 'complete' | 'cancel', row: string, code: string): Row {
  const hresult = hresultOf(code);
  return { calls: (job) => job[method](), row, hresult, result: { code, hresult } };
}

/** Tested elsewhere: they make more than one call, or none of this interface. */
const elsewhere = [
  ...['addFileSet', 'enumFiles', 'getError', 'snapshot', 'as', 'getProperty', 'setProperty'],
  ...['setNotifyInterface', 'getNotifyInterface', 'wait', 'watch'],
  'setServerCertificateValidationInterface',
  ...['ref', 'unref', 'removeAllListeners', 'toJSON'],
  ...Object.keys({ ...job2To4Methods, ...httpMethods }),
];

it('every public method is tried', () => {
  const names = publicMethods(BackgroundCopyJob.prototype, EventEmitter.prototype);
  expect(names.toSorted()).toEqual([...Object.keys(methods), ...elsewhere].toSorted());
});

describe('job', () => {
  const rows = Object.entries(methods).flatMap(([name, given]) =>
    [given].flat().map((row) => [name, row] as const),
  );

  it.for(rows)('%s', async ([, method], { scene, recorded: { object, job } }) => {
    const row = `IBackgroundCopyJob::${method.row}`;
    await tryMethod(scene, object, job, { ...method, row });
  });
});

describe('a value that this version does not know', () => {
  it('is returned as its number', async ({ scene, recorded: { object, job } }) => {
    for (const row of ['GetState', 'GetType', 'GetPriority', 'GetProxySettings']) {
      scene.tell(object, `IBackgroundCopyJob::${row}`, { steps: [writtenNumber(0, 99)] });
    }
    expect(await job.getState()).toBe(99);
    expect(await job.getType()).toBe(99);
    expect(await job.getPriority()).toBe(99);
    expect(await job.getProxySettings()).toMatchObject({ proxyUsage: 99 });
  });

  it('is hexadecimal if it is a success code', async ({ scene, recorded: { object, job } }) => {
    scene.tell(object, 'IBackgroundCopyJob::Complete', { hresult: 0x002000fe });
    expect(await job.complete()).toEqual({ code: '0x002000FE', hresult: 0x002000fe });
    scene.tell(object, 'IBackgroundCopyJob::Cancel', { hresult: 1 });
    expect(await job.cancel()).toEqual({ code: 'S_FALSE', hresult: 1 });
  });
});
