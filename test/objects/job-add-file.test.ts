// SPDX-License-Identifier: MIT
//
// How files are added to a job: which interface gets them, and their ranges, ids and sizes.

import { describe, expect } from 'vitest';
import { layoutOf } from '../facts/struct-layout.js';
import { uint64, type Step } from '../recorder/plan.js';
import { it } from './library-scene.js';
import { tryMethod } from './method.js';
import { allOnes } from './written.js';

const id = '0123abcd-4567-89ef-fedc-ba9876543210';
const url = 'https://example.com/ä?b=c';
const path = 'C:\\Ordner\\ä.bin';

describe('addFile with ranges', () => {
  const rangesRow = 'IBackgroundCopyJob3::AddFileWithRanges';

  it("goes through IBackgroundCopyJob3, and sends all ones for 'toEnd'", async ({
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
});

describe('a URL object', () => {
  it('is sent as its text', async ({ scene, recorded: { object, job } }) => {
    const address = new URL('https://user@example.com/a b?c=d#e');
    const { href } = address;
    const copy: Step = { kind: 'copyText', argument: 0 };
    scene.tell(object, 'IBackgroundCopyJob::AddFile', { steps: [copy] });
    scene.tell(object, 'IBackgroundCopyJob3::ReplaceRemotePrefix', { steps: [copy] });
    await job.addFile(address, path);
    await job.as('IBackgroundCopyJob3').replaceRemotePrefix(address, url);
    const sent = ['IBackgroundCopyJob::AddFile', 'IBackgroundCopyJob3::ReplaceRemotePrefix'];
    for (const row of sent) {
      expect(scene.calls(row).map(({ copies }) => copies[0])).toEqual([
        Buffer.from(href, 'utf16le').toString('hex'),
      ]);
    }
  });
});

describe('addFile on a Delivery Optimization job', () => {
  const row = 'IDeliveryOptimizationJob::AddFileWithRanges';

  it('goes through IDeliveryOptimizationJob, with id, ranges and size', async ({ scene }) => {
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

  it('generates an id for each file', async ({ scene }) => {
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

it('addFileSet passes on its list', async ({ scene, recorded: { object, job } }) => {
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
