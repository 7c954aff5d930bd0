// SPDX-License-Identifier: MIT
//
// The calls about files that a job's callback object gets: each is an event, in order, with the file.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hresultOf, iidOf } from '../facts/facts.js';
import { uint64 } from '../recorder/plan.js';
import type { RecordedObject, RecordedSink, SinkArgument } from '../recorder/recorder.js';
import { binding, eventually, handlesIn, Scene } from '../recorder/scene.js';
import { writtenText } from '../recorder/taken.js';
import type { Handle } from '../../typings/binding.js';
import {
  fileTransferred,
  getState,
  modified,
  rangesTransferred,
  RecordedJob,
  transferred,
} from './recorded-job.js';

const getRemoteName = 'IBackgroundCopyFile::GetRemoteName';
const getLocalName = 'IBackgroundCopyFile::GetLocalName';

let scene: Scene;
let job: RecordedJob;
let handle: Handle;
let sink: RecordedSink;

beforeEach(async () => {
  scene = await Scene.open();
  job = await RecordedJob.make(scene);
  [handle, sink] = await job.hook();
});

afterEach(async () => {
  scene.releaseBrought();
  await scene.close();
});

function fileNamed(name: string): RecordedObject {
  const file = scene.object();
  scene.tell(file, getRemoteName, { steps: [writtenText(0, `http://${name}/`)] });
  scene.tell(file, getLocalName, { steps: [writtenText(0, `C:\\${name}`)] });
  return file;
}

function given(file: RecordedObject): SinkArgument {
  return { object: file, iid: iidOf('IBackgroundCopyFile') };
}

function sender(): SinkArgument {
  return { object: job.object, iid: iidOf('IBackgroundCopyJob') };
}

const read = (value: string) => ({ hresult: 0, value });
const brought = (name: string) => ({
  hresult: 0,
  value: {
    object: { handle: expect.any(Number) as number },
    outcomes: [read(`http://${name}/`), read(`C:\\${name}`)],
  },
});

async function events(count: number) {
  return eventually(() => {
    const all = scene.eventsOf(handle);
    expect(all).toHaveLength(count);
    return all;
  });
}

/** The local names of the files of events, in order. */
async function namesOf(count: number): Promise<unknown[]> {
  return (await events(count)).map(({ value }) => {
    const { brought } = value as unknown as { brought: ReturnType<typeof read> };
    const { outcomes } = brought.value as unknown as { outcomes: { value: unknown }[] };
    return outcomes[1]?.value;
  });
}

describe('a call about a file', () => {
  it('is an event with the file and its names, read on a thread of the pool', async () => {
    const file = fileNamed('a');
    await job.call(sink, fileTransferred, [given(file)]);
    expect(await events(1)).toEqual([
      { subscription: handle, kind: 'FileTransferred', value: { brought: brought('a') } },
    ]);
    await job.settled();
    const [resumed] = scene.calls('IBackgroundCopyJob::Resume');
    expect(scene.calls(getRemoteName)).toMatchObject([
      { object: file.number, apartment: resumed?.apartment },
    ]);
    // It looks at nothing else, and the file has its blanket.
    expect(scene.calls(getState)).toEqual([]);
    expect(scene.blankets().map(({ object }) => object)).toContain(file.number);
    const [name] = handlesIn(scene.eventsOf(handle)[0]?.value ?? null);
    expect(await scene.invoke(getLocalName, [], name)).toEqual(read('C:\\a'));
  });

  it('carries the ranges, to the end of the file or not', async () => {
    const numbers = [0n, 512n, 2n ** 40n, 2n ** 64n - 1n];
    const ranges = Buffer.concat(numbers.map(uint64));
    await job.call(sink, rangesTransferred, [given(fileNamed('a')), 2, ranges]);
    expect(await events(1)).toEqual([
      {
        subscription: handle,
        kind: 'FileRangesTransferred',
        value: {
          ranges: [
            { initialOffset: 0, length: 512 },
            { initialOffset: 2 ** 40, length: null },
          ],
          brought: brought('a'),
        },
      },
    ]);
  });

  it.each([0, 3])('without ranges, but a count of %i, has none', async (count) => {
    await job.call(sink, rangesTransferred, [given(fileNamed('a')), count, 0]);
    expect((await events(1))[0]?.value).toMatchObject({ ranges: [] });
  });

  it.each([
    [fileTransferred, [0]],
    [rangesTransferred, [0, 0, 0]],
  ] as const)('without a file is refused', async (method, args) => {
    expect(await sink.call(method, [sender(), ...args])).toBe(hresultOf('E_POINTER'));
    await job.settled();
    expect(scene.eventsOf(handle)).toEqual([]);
  });

  it('is one event each, also for the same file, while JavaScript is busy', async () => {
    const [a, b] = [fileNamed('a'), fileNamed('b')];
    for (const file of [a, b, b, a, b]) {
      expect(sink.callNow(fileTransferred, [sender(), given(file)])).toBe(0);
    }
    expect(await namesOf(5)).toEqual(['a', 'b', 'b', 'a', 'b'].map((name) => `C:\\${name}`));
  });

  it('keeps its place among the calls about the job', async () => {
    job.enter('TRANSFERRED');
    const file = given(fileNamed('a'));
    await job.call(sink, modified);
    await events(1);
    await job.call(sink, fileTransferred, [file]);
    await job.call(sink, transferred);
    await events(3);
    await job.call(sink, fileTransferred, [file]);
    expect((await events(4)).map(({ kind }) => kind)).toEqual([
      'JobModification',
      'FileTransferred',
      'JobTransferred',
      'FileTransferred',
    ]);
  });

  it('reports names that cannot be read', async () => {
    const file = fileNamed('a');
    scene.tell(file, getLocalName, { hresult: 0x800706ba });
    await job.call(sink, fileTransferred, [given(file)]);
    expect((await events(1))[0]?.value).toMatchObject({
      brought: {
        value: { outcomes: [read('http://a/'), { hresult: 0x800706ba, value: null }] },
      },
    });
  });

  it('reports a file that cannot have its blanket', async () => {
    const file = fileNamed('a');
    file.tellBlanket(hresultOf('E_ACCESSDENIED'));
    await job.call(sink, fileTransferred, [given(file)]);
    expect((await events(1))[0]?.value).toEqual({
      brought: { hresult: hresultOf('E_ACCESSDENIED'), value: null, stage: 'result' },
    });
    expect(scene.calls(getRemoteName)).toEqual([]);
  });

  it('answers S_OK after the release, emits nothing and keeps nothing', async () => {
    const file = fileNamed('a');
    scene.release(handle);
    await job.settled();
    await job.call(sink, fileTransferred, [given(file)]);
    await job.settled();
    expect(scene.events).toEqual([]);
    expect(file.references).toBe(0);
  });
});

it('10,000 calls are 10,000 events, and take little memory', async () => {
  const file = fileNamed('a');
  const ranges = Buffer.concat([uint64(0), uint64(1)]);
  const idle = process.memoryUsage().rss;
  const args = [sender(), given(file), 1, ranges];
  expect(sink.callNow(rangesTransferred, args, 10_000)).toBe(0);
  expect(sink.callNow(fileTransferred, [sender(), given(file)])).toBe(0);
  const all = await events(10_001);
  expect(all.at(-1)?.kind).toBe('FileTransferred');
  expect(all.filter(({ kind }) => kind === 'FileRangesTransferred')).toHaveLength(10_000);
  // 10,000 events of some 3 KiB each, on both sides.
  expect(process.memoryUsage().rss - idle).toBeLessThan(64 << 20);
  // The file is one object, however often it came.
  expect(binding.counters().objects).toBe(4);
});
