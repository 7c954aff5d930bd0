// SPDX-License-Identifier: MIT
//
// The events of a job's files. Only the service's calls tell of them, so none is dropped or merged.

import {
  BackgroundCopyFile,
  BackgroundCopyManager,
  type JobFileRangesTransferred,
  type JobFileTransferred,
} from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { hresultOf, iidOf, rowAt } from '../facts/facts.js';
import type { SinkArgument } from '../recorder/recorder.js';
import { clsid } from '../recorder/scene.js';
import { binding, eventually, it, never } from './library-scene.js';
import { fileNamed, getLocalName, named, report } from './recorded-file.js';
import { callBack, enter, settled, sinkOf } from './recorded-sink.js';
import { restart } from './restart.js';

const nothing = () => undefined;

describe("'file-transferred'", () => {
  it('carries the file, for each call and in order', async ({ scene, recorded }) => {
    const heard: JobFileTransferred[] = [];
    recorded.job.on('file-transferred', (transferred) => heard.push(transferred));
    const sink = await sinkOf(scene, recorded);
    const [a, b] = [fileNamed(scene, 'a'), fileNamed(scene, 'b')];
    const order = [a, b, b, a];
    for (const file of order) await report(sink, recorded, file);
    await eventually(() => {
      expect(heard).toHaveLength(order.length);
    });
    expect(heard.map(({ file }) => file.toJSON())).toEqual(['a', 'b', 'b', 'a'].map(named));
    const [first] = heard;
    if (first === undefined) throw new Error('no event came');
    expect(first.file).toBeInstanceOf(BackgroundCopyFile);
    expect(await first.file.getLocalName()).toBe('C:\\a');
    // To validate it, the listener calls the file that it was given.
    await first.file.as('IBackgroundCopyFile3').setValidationState(false);
    expect(scene.calls('IBackgroundCopyFile3::SetValidationState')).toMatchObject([
      { object: a.number },
    ]);
  });

  it("comes before the 'transferred' that the service reports after it", async ({
    scene,
    recorded,
  }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const heard: string[] = [];
    recorded.job.on('file-transferred', ({ file }) => heard.push(file.localName));
    recorded.job.on('transferred', () => heard.push('transferred'));
    const sink = await sinkOf(scene, recorded);
    enter(scene, recorded, 'TRANSFERRED');
    await report(sink, recorded, fileNamed(scene, 'a'));
    await report(sink, recorded, fileNamed(scene, 'b'));
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(heard).toEqual(['C:\\a', 'C:\\b', 'transferred']);
  });

  it('reaches every object of the job, each with a file of its own', async ({
    scene,
    recorded,
  }) => {
    const other = await scene.again(recorded.object, recorded.job.id);
    const files: BackgroundCopyFile[] = [];
    for (const job of [recorded.job, other]) {
      job.on('file-transferred', ({ file }) => files.push(file));
    }
    const sink = await sinkOf(scene, recorded);
    await report(sink, recorded, fileNamed(scene, 'a'));
    await settled(recorded);
    const [one, two] = files;
    expect(files.map((file) => file.toJSON())).toEqual([named('a'), named('a')]);
    await one?.[Symbol.asyncDispose]();
    await expect(one?.getLocalName()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
    expect(await two?.getLocalName()).toBe('C:\\a');
  });

  it('reaches the other listeners if one throws', async ({ scene, recorded }) => {
    const other = await scene.again(recorded.object, recorded.job.id);
    const thrown = new Error('of a listener');
    const uncaught = vi.fn();
    const heard = vi.fn();
    recorded.job.on('file-transferred', () => {
      throw thrown;
    });
    other.on('file-transferred', heard);
    const sink = await sinkOf(scene, recorded);
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', uncaught);
    try {
      await report(sink, recorded, fileNamed(scene, 'a'));
      await eventually(() => {
        expect(uncaught).toHaveBeenCalled();
      });
    } finally {
      for (const one of before) process.on('uncaughtException', one);
    }
    expect(uncaught.mock.calls[0]?.[0]).toBe(thrown);
    expect(heard).toHaveBeenCalledOnce();
  });

  it('is not emitted after off() or after the object is closed, and leaves nothing', async ({
    scene,
    recorded,
  }) => {
    const heard = vi.fn();
    const { job } = recorded;
    const other = await scene.again(recorded.object, job.id);
    job.on('file-transferred', heard);
    other.on('file-transferred', heard);
    job.on('transferred', nothing);
    const sink = await sinkOf(scene, recorded);
    const file = fileNamed(scene, 'a');
    job.off('file-transferred', heard);
    await other[Symbol.asyncDispose]();
    await report(sink, recorded, file);
    await settled(recorded);
    job.removeAllListeners();
    await report(sink, recorded, file);
    await settled(recorded);
    expect(heard).not.toHaveBeenCalled();
    await eventually(() => {
      expect(file.references).toBe(0);
    });
  });

  it('that was on its way as the last listener left is released', async ({ scene, recorded }) => {
    const heard = vi.fn();
    const { job, object } = recorded;
    job.on('file-transferred', heard);
    const sink = await sinkOf(scene, recorded);
    const file = fileNamed(scene, 'a');
    const args: SinkArgument[] = [
      { object, iid: iidOf('IBackgroundCopyJob') },
      { object: file, iid: iidOf('IBackgroundCopyFile') },
    ];
    // JavaScript is busy until the listener has left.
    const row = rowAt('IBackgroundCopyCallback2::FileTransferred');
    expect(sink.callNow(row, args, 100)).toBe(0);
    job.removeAllListeners();
    await settled(recorded);
    await eventually(() => {
      expect(file.references).toBe(0);
    });
    expect(heard).not.toHaveBeenCalled();
  });

  it("whose file cannot be read is a 'warning'", async ({ scene, recorded }) => {
    const [warned, heard] = [vi.fn(), vi.fn()];
    recorded.job.on('warning', warned);
    recorded.job.on('file-transferred', heard);
    const sink = await sinkOf(scene, recorded);
    const file = fileNamed(scene, 'a');
    scene.tell(file, getLocalName, { hresult: hresultOf('E_ACCESSDENIED') });
    await report(sink, recorded, file);
    await settled(recorded);
    expect(heard).not.toHaveBeenCalled();
    expect(warned).toHaveBeenCalledExactlyOnceWith({
      code: 'E_ACCESSDENIED',
      hresult: hresultOf('E_ACCESSDENIED'),
      operation: getLocalName,
    });
    await eventually(() => {
      expect(file.references).toBe(0);
    });
  });

  it('10,000 times are 10,000 events, which the manager releases as it closes', async ({
    scene,
    recorded,
  }) => {
    const files: BackgroundCopyFile[] = [];
    recorded.job.on('file-transferred', ({ file }) => files.push(file));
    const sink = await sinkOf(scene, recorded);
    const file = fileNamed(scene, 'a');
    const args: SinkArgument[] = [
      { object: recorded.object, iid: iidOf('IBackgroundCopyJob') },
      { object: file, iid: iidOf('IBackgroundCopyFile') },
    ];
    const row = rowAt('IBackgroundCopyCallback2::FileTransferred');
    expect(sink.callNow(row, args, 10_000)).toBe(0);
    await eventually(() => {
      expect(files).toHaveLength(10_000);
    });
    await scene.manager.close();
    await eventually(() => {
      expect(binding.counters()).toMatchObject({ handles: 0, objects: 0 });
    });
  });
});

it("'file-ranges-transferred' carries the ranges", async ({ scene, recorded }) => {
  const heard: JobFileRangesTransferred[] = [];
  recorded.job.on('file-ranges-transferred', (transferred) => heard.push(transferred));
  const sink = await sinkOf(scene, recorded);
  const file = fileNamed(scene, 'a');
  await report(sink, recorded, file, [
    [0, 10],
    [2 ** 40, 2n ** 64n - 1n],
  ]);
  await report(sink, recorded, file, []);
  await settled(recorded);
  expect(heard.map(({ file, ranges }) => [file.localName, ranges])).toEqual([
    [
      'C:\\a',
      [
        { offset: 0, length: 10 },
        { offset: 2 ** 40, length: 'toEnd' },
      ],
    ],
    ['C:\\a', []],
  ]);
});

describe('setNotifyInterface()', () => {
  it('calls the functions for files, with the job', async ({ scene, recorded }) => {
    const callback = { fileTransferred: vi.fn(), fileRangesTransferred: vi.fn() };
    await recorded.job.setNotifyInterface(callback);
    const sink = await sinkOf(scene, recorded);
    expect(await recorded.job.getNotifyInterface()).toBe(callback);
    const file = fileNamed(scene, 'a');
    await report(sink, recorded, file);
    await report(sink, recorded, file);
    await report(sink, recorded, file, [[1, 2]]);
    await settled(recorded);
    const one = expect.objectContaining(named('a')) as unknown;
    expect(callback.fileTransferred.mock.calls).toEqual([
      [recorded.job, one],
      [recorded.job, one],
    ]);
    expect(callback.fileRangesTransferred.mock.calls).toEqual([
      [recorded.job, one, [{ offset: 1, length: 2 }]],
    ]);
    await recorded.job.setNotifyInterface(null);
    await report(sink, recorded, file);
    await settled(recorded);
    expect(callback.fileTransferred).toHaveBeenCalledTimes(2);
  });
});

it('a file of an event is re-fetched by its path after the service restarted', async ({
  scene,
  recorded,
}) => {
  const files: BackgroundCopyFile[] = [];
  recorded.job.on('file-transferred', ({ file }) => files.push(file));
  const sink = await sinkOf(scene, recorded);
  const file = fileNamed(scene, 'a');
  await report(sink, recorded, file);
  await settled(recorded);
  scene.tell(file, getLocalName, { hresult: 0x800706ba });
  const again = restart(scene, recorded);
  const later = fileNamed(scene, 'a');
  const enumerator = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [later]);
  scene.tell(again.object, 'IBackgroundCopyJob::EnumFiles', { steps: [enumerator(0)] });
  scene.tell(recorded.object, 'IBackgroundCopyJob::EnumFiles', { hresult: 0x800706ba });
  expect(await files[0]?.getLocalName()).toBe('C:\\a');
  expect(scene.calls(getLocalName).at(-1)).toMatchObject({ object: later.number });
});

it('two managers hear the same file, and one that closes leaves it to the other', async ({
  scene,
  recorded,
}) => {
  const files: BackgroundCopyFile[] = [];
  const other = await BackgroundCopyManager.connect({
    service: `{${clsid}}`,
    pollInterval: never,
  });
  const job = await other.getJob(recorded.job.id);
  for (const one of [recorded.job, job]) {
    one.on('file-transferred', ({ file }) => files.push(file));
  }
  const sink = await sinkOf(scene, recorded);
  await report(sink, recorded, fileNamed(scene, 'a'));
  await settled(recorded);
  expect(files).toHaveLength(2);
  await other.close();
  const outcomes = await Promise.allSettled(files.map((file) => file.getLocalName()));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});
