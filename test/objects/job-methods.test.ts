// SPDX-License-Identifier: MIT
//
// Every method of a job, where the service does what is documented: what it gets and what comes
// back. Wine's BITS lacks many of them.

import { EventEmitter } from 'node:events';
import { BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { guidBytes, uint64 } from '../recorder/plan.js';
import { enumValue, hresultOf } from '../abi/facts.js';
import { layoutOf } from '../abi/struct-layout.js';
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
  resume: { calls: (job) => job.resume(), row: 'Resume' },
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

/** Those that make more than one call, or none of this interface: in tests of their own. */
const elsewhere = [
  ...['addFileSet', 'enumFiles', 'getError', 'snapshot', 'as', 'getProperty', 'setProperty'],
  ...['setNotifyInterface', 'getNotifyInterface', 'wait', 'watch'],
  ...['ref', 'unref', 'removeAllListeners'],
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
  it('comes as its number', async ({ scene, recorded: { object, job } }) => {
    for (const row of ['GetState', 'GetType', 'GetPriority', 'GetProxySettings']) {
      scene.tell(object, `IBackgroundCopyJob::${row}`, { steps: [writtenNumber(0, 99)] });
    }
    expect(await job.getState()).toBe(99);
    expect(await job.getType()).toBe(99);
    expect(await job.getPriority()).toBe(99);
    expect(await job.getProxySettings()).toMatchObject({ proxyUsage: 99 });
  });

  it('is hexadecimal where it is a code of success', async ({
    scene,
    recorded: { object, job },
  }) => {
    scene.tell(object, 'IBackgroundCopyJob::Complete', { hresult: 0x002000fe });
    expect(await job.complete()).toEqual({ code: '0x002000FE', hresult: 0x002000fe });
    scene.tell(object, 'IBackgroundCopyJob::Cancel', { hresult: 1 });
    expect(await job.cancel()).toEqual({ code: 'S_FALSE', hresult: 1 });
  });
});

describe('addFile with ranges', () => {
  const rangesRow = 'IBackgroundCopyJob3::AddFileWithRanges';

  it('goes through IBackgroundCopyJob3, and to the end is all ones', async ({
    scene,
    recorded: { object, job },
  }) => {
    const ranges = [
      { offset: 2 ** 40, length: 'toEnd' as const },
      { offset: 0, length: 1 },
    ];
    const sent = Buffer.concat([uint64(2 ** 40), uint64(allOnes), uint64(0), uint64(1)]);
    await tryMethod(scene, object, job, {
      calls: () => job.addFile(url, path, { ranges }),
      row: rangesRow,
      given: [url, path, 2, sent],
    });
  });

  it.for([
    [
      { offset: 0, length: 10 },
      { offset: 9, length: 1 },
    ],
    [
      { offset: 5, length: 'toEnd' as const },
      { offset: 50, length: 1 },
    ],
  ])('that overlap is refused: %o', async (ranges, { scene, recorded: { job } }) => {
    await expect(job.addFile(url, path, { ranges })).rejects.toThrow(TypeError);
    expect(scene.calls(rangesRow)).toEqual([]);
  });
});

describe('addFile on a job of Delivery Optimization', () => {
  const row = 'IDeliveryOptimizationJob::AddFileWithRanges';

  it('goes through its own interface, with id, ranges and size', async ({ scene }) => {
    const object = scene.object();
    const job = await scene.again(object, id);
    await tryMethod(scene, object, job, {
      calls: () => job.addFile(url, path, { fileId: 'content', size: 2 ** 40 }),
      row,
      given: ['content', url, path, 0, null],
    });
    expect(BigInt.asUintN(64, BigInt(scene.calls(row)[0]?.arguments[5] ?? 0))).toBe(2n ** 40n);
    const ranges = [{ offset: 5, length: 'toEnd' as const }];
    await tryMethod(scene, object, job, {
      calls: () => job.addFile(url, path, { fileId: 'other', ranges }),
      row,
      given: ['other', url, path, 1, Buffer.concat([uint64(5), uint64(allOnes)])],
    });
    expect(BigInt.asUintN(64, BigInt(scene.calls(row)[1]?.arguments[5] ?? 0))).toBe(allOnes);
  });

  it('makes up an id of its own for each file', async ({ scene }) => {
    const object = scene.object();
    const job = await scene.again(object, id);
    scene.tell(object, row, { steps: [{ kind: 'copyText', argument: 0 }] });
    await job.addFile(url, path);
    await job.addFile(url, path);
    const ids = scene.calls(row).flatMap(({ copies }) => copies);
    expect(new Set(ids).size).toBe(2);
    for (const made of ids) expect(Buffer.from(made, 'hex').toString('utf16le')).toHaveLength(36);
  });
});

it('addFileSet hands over its list', async ({ scene, recorded: { object, job } }) => {
  const files = [
    { remoteName: url, localName: path },
    { remoteName: 'http://example.com/2', localName: 'D:\\2' },
  ];
  const { size, fields } = layoutOf('BG_FILE_INFO');
  const places = files.flatMap((_, i) => fields.map(({ offset }) => i * size + offset));
  const row = 'IBackgroundCopyJob::AddFileSet';
  scene.tell(object, row, {
    steps: places.map((offset) => ({ kind: 'copyText', argument: 1, behind: true, offset })),
  });
  await job.addFileSet(files);
  const [call, ...more] = scene.calls(row);
  expect(more).toEqual([]);
  expect(scene.numbers(row)).toEqual([2]);
  const texts = call?.copies.map((copy) => Buffer.from(copy, 'hex').toString('utf16le'));
  expect(texts).toEqual(files.flatMap(({ remoteName, localName }) => [remoteName, localName]));
});
