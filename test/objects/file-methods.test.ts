// SPDX-License-Identifier: MIT
//
// A job's files: how they are listed, and every method of a file.

import { BackgroundCopyFile } from 'dosvc';
import { describe, expect } from 'vitest';
import { uint64 } from '../recorder/plan.js';
import type { RecordedObject } from '../recorder/recorder.js';
import { it, type LibraryScene, type Recorded } from './library-scene.js';
import { publicMethods, tryMethod, type Method } from './method.js';
import { allOnes, structBytes, writtenBytes, writtenNumber, writtenText } from './written.js';

const getRemoteName = 'IBackgroundCopyFile::GetRemoteName';
const getLocalName = 'IBackgroundCopyFile::GetLocalName';

function addFiles(scene: LibraryScene, { object }: Recorded, count: number): RecordedObject[] {
  const files = Array.from({ length: count }, () => scene.object());
  for (const [i, file] of files.entries()) {
    scene.tell(file, getRemoteName, { steps: [writtenText(0, `http://x/${String(i)}`)] });
    scene.tell(file, getLocalName, { steps: [writtenText(0, `C:\\${String(i)}`)] });
  }
  const step = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', files);
  scene.tell(object, 'IBackgroundCopyJob::EnumFiles', { steps: [step(0)] });
  return files;
}

async function oneFile(scene: LibraryScene, recorded: Recorded) {
  const [object] = addFiles(scene, recorded, 1);
  const [file] = await recorded.job.enumFiles();
  if (!object || !file) throw new Error('no file');
  return { object, file };
}

describe('enumFiles', () => {
  it('returns every file with its names, in order and in one hop', async ({ scene, recorded }) => {
    addFiles(scene, recorded, 70);
    const before = scene.calls().length;
    const files = await recorded.job.enumFiles();
    expect(files.map(({ remoteName, localName }) => [remoteName, localName])).toEqual(
      Array.from({ length: 70 }, (_, i) => [`http://x/${String(i)}`, `C:\\${String(i)}`]),
    );
    const threads = scene.calls().slice(before);
    expect(new Set(threads.map(({ thread }) => thread)).size).toBe(1);
  });

  it('returns an empty list if the job has no files', async ({ scene, recorded }) => {
    addFiles(scene, recorded, 0);
    expect(await recorded.job.enumFiles()).toEqual([]);
  });

  it('rejects with what the service answers', async ({ scene, recorded: { object, job } }) => {
    const row = 'IBackgroundCopyJob::EnumFiles';
    scene.tell(object, row, { hresult: 0x80070005 });
    await expect(job.enumFiles()).rejects.toMatchObject({ code: 'E_ACCESSDENIED', operation: row });
  });
});

const ranges = Buffer.concat([uint64(0), uint64(10), uint64(2 ** 40), uint64(allOnes)]);
type Row = Method<BackgroundCopyFile>;

const methods: Record<string, Row | Row[]> = {
  getRemoteName: {
    calls: (file) => file.getRemoteName(),
    row: getRemoteName,
    steps: [writtenText(0, 'http://y/')],
    result: 'http://y/',
  },
  getLocalName: {
    calls: (file) => file.getLocalName(),
    row: getLocalName,
    steps: [writtenText(0, 'C:\\y')],
    result: 'C:\\y',
  },
  getProgress: {
    calls: (file) => file.getProgress(),
    row: 'IBackgroundCopyFile::GetProgress',
    steps: [
      writtenBytes(
        0,
        structBytes('BG_FILE_PROGRESS', {
          BytesTotal: allOnes,
          BytesTransferred: 2 ** 40,
          Completed: 1,
        }),
      ),
    ],
    result: { bytesTotal: null, bytesTransferred: 2 ** 40, completed: true },
  },
  getFileRanges: {
    calls: (file) => file.getFileRanges(),
    row: 'IBackgroundCopyFile2::GetFileRanges',
    steps: [writtenNumber(0, 2), { kind: 'writeMemory', argument: 1, data: ranges }],
    result: [
      { offset: 0, length: 10 },
      { offset: 2 ** 40, length: 'toEnd' },
    ],
  },
  setRemoteName: {
    calls: (file) => file.setRemoteName('https://mirror/'),
    row: 'IBackgroundCopyFile2::SetRemoteName',
    given: ['https://mirror/'],
  },
  getTemporaryName: [
    {
      calls: (file) => file.getTemporaryName(),
      row: 'IBackgroundCopyFile3::GetTemporaryName',
      steps: [writtenText(0, 'C:\\BIT1.tmp')],
      result: 'C:\\BIT1.tmp',
    },
    {
      calls: (file) => file.getTemporaryName(),
      row: 'IBackgroundCopyFile3::GetTemporaryName',
      result: null,
    },
  ],
  setValidationState: [true, false].map((valid) => ({
    calls: (file) => file.setValidationState(valid),
    row: 'IBackgroundCopyFile3::SetValidationState',
    given: [valid ? 1 : 0],
  })),
  getValidationState: [1, 0].map((state) => ({
    calls: (file) => file.getValidationState(),
    row: 'IBackgroundCopyFile3::GetValidationState',
    steps: [writtenNumber(0, state)],
    result: state === 1,
  })),
  isDownloadedFromPeer: [1, 0].map((fromPeer) => ({
    calls: (file) => file.isDownloadedFromPeer(),
    row: 'IBackgroundCopyFile3::IsDownloadedFromPeer',
    steps: [writtenNumber(0, fromPeer)],
    result: fromPeer === 1,
  })),
  getPeerDownloadStats: [
    {
      calls: (file) => file.getPeerDownloadStats(),
      row: 'IBackgroundCopyFile4::GetPeerDownloadStats',
      steps: [writtenBytes(0, uint64(5)), writtenBytes(1, uint64(2 ** 33))],
      result: { fromOrigin: 5, fromPeers: 2 ** 33 },
    },
    {
      calls: (file) => file.getPeerDownloadStats(),
      row: 'IBackgroundCopyFile4::GetPeerDownloadStats',
      steps: [writtenBytes(0, uint64(allOnes)), writtenBytes(1, uint64(allOnes))],
      result: { fromOrigin: null, fromPeers: null },
    },
  ],
  updateDownloadPosition: [0, 0xffff_ffff].map((offset) => ({
    calls: (file) => file.updateDownloadPosition(offset),
    row: 'IBackgroundCopyFile6::UpdateDownloadPosition',
    given: [offset],
  })),
  requestFileRanges: [
    {
      calls: (file) => file.requestFileRanges([{ offset: 3, length: 'toEnd' }]),
      row: 'IBackgroundCopyFile6::RequestFileRanges',
      given: [1, Buffer.concat([uint64(3), uint64(allOnes)])],
    },
    {
      calls: (file) =>
        file.requestFileRanges([
          { offset: 2 ** 40, length: 10 },
          { offset: 2 ** 40 + 5, length: 10 },
        ]),
      row: 'IBackgroundCopyFile6::RequestFileRanges',
      given: [2, Buffer.concat([2 ** 40, 10, 2 ** 40 + 5, 10].map(uint64))],
    },
  ],
  getFilledFileRanges: [
    {
      calls: (file) => file.getFilledFileRanges(),
      row: 'IBackgroundCopyFile6::GetFilledFileRanges',
      steps: [writtenNumber(0, 2), { kind: 'writeMemory', argument: 1, data: ranges }],
      result: [
        { offset: 0, length: 10 },
        { offset: 2 ** 40, length: 'toEnd' },
      ],
    },
    {
      calls: (file) => file.getFilledFileRanges(),
      row: 'IBackgroundCopyFile6::GetFilledFileRanges',
      result: [],
    },
  ],
};

it('every public method is tried', () => {
  const names = publicMethods(BackgroundCopyFile.prototype);
  expect(names.toSorted()).toEqual(
    [...Object.keys(methods), 'as', 'getProperty', 'setProperty', 'toJSON'].toSorted(),
  );
});

describe('file', () => {
  const rows = Object.entries(methods).flatMap(([name, given]) =>
    [given].flat().map((row) => [name, row] as const),
  );

  it.for(rows)('%s', async ([, method], { scene, recorded }) => {
    const { object, file } = await oneFile(scene, recorded);
    await tryMethod(scene, object, file, method);
  });

  it('rejects, with the operation, if the service is too old for the method', async ({
    scene,
    recorded,
  }) => {
    const { object, file } = await oneFile(scene, recorded);
    for (const [name, call] of [
      ['IBackgroundCopyFile3', () => file.getTemporaryName()],
      ['IBackgroundCopyFile4', () => file.getPeerDownloadStats()],
      ['IBackgroundCopyFile6', () => file.getFilledFileRanges()],
    ] as const) {
      scene.deny(object, name);
      await expect(call()).rejects.toMatchObject({
        code: 'ERR_DOSVC_INTERFACE_MISSING',
        operation: expect.stringContaining(`${name}::`) as string,
      });
    }
  });

  it('is released without its job when disposed of', async ({ scene, recorded }) => {
    const { object, file } = await oneFile(scene, recorded);
    await file[Symbol.asyncDispose]();
    await expect.poll(() => object.references).toBe(0);
    await expect(file.getProgress()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
    expect(await recorded.job.getState()).toBe('queued');
  });
});

describe('as()', () => {
  const tries: Method<BackgroundCopyFile>[] = [
    {
      calls: (file) => file.as('IBackgroundCopyFile3').getTemporaryName(),
      row: 'IBackgroundCopyFile3::GetTemporaryName',
      steps: [writtenText(0, 'C:\\BIT1.tmp')],
      result: 'C:\\BIT1.tmp',
    },
    {
      calls: (file) => file.as('IBackgroundCopyFile3').setValidationState(true),
      row: 'IBackgroundCopyFile3::SetValidationState',
      given: [1],
      result: null,
    },
    {
      calls: (file) => file.as('IBackgroundCopyFile4').getPeerDownloadStats(),
      row: 'IBackgroundCopyFile4::GetPeerDownloadStats',
      steps: [writtenBytes(0, uint64(5)), writtenBytes(1, uint64(2 ** 33))],
      result: [5, 2 ** 33],
    },
    {
      calls: (file) => file.as('IBackgroundCopyFile6').updateDownloadPosition(7),
      row: 'IBackgroundCopyFile6::UpdateDownloadPosition',
      given: [7],
      result: null,
    },
    {
      calls: (file) =>
        file.as('IBackgroundCopyFile6').requestFileRanges([{ initialOffset: 3, length: null }]),
      row: 'IBackgroundCopyFile6::RequestFileRanges',
      given: [1, Buffer.concat([uint64(3), uint64(allOnes)])],
      result: null,
    },
  ];

  it.for(tries.map((method) => [method.row, method] as const))(
    '%s',
    async ([, method], { scene, recorded }) => {
      const { object, file } = await oneFile(scene, recorded);
      await tryMethod(scene, object, file, method);
    },
  );
});
