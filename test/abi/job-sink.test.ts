// SPDX-License-Identifier: MIT
//
// A job's callback object: each call of the service makes it look at the job.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uint32 } from '../recorder/plan.js';
import type { RecordedSink } from '../recorder/recorder.js';
import type { Handle } from '../../typings/binding.js';
import { hresultOf, iidOf } from '../facts/facts.js';
import {
  failed,
  getError,
  getNotify,
  getState,
  modified,
  RecordedJob,
  skipped,
  transferred,
} from './recorded-job.js';
import { binding, eventually, Scene } from '../recorder/scene.js';
import { writtenObject } from '../recorder/taken.js';

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
  await scene.close();
});

function errorWith(code: number) {
  const error = scene.object();
  scene.tell(error, 'IBackgroundCopyError::GetError', {
    steps: [
      { kind: 'writeBytes', argument: 0, data: uint32(1) },
      { kind: 'writeBytes', argument: 1, data: uint32(code) },
    ],
  });
  return error;
}

describe('a look', () => {
  it('is emitted under the name of the call', async () => {
    const state = job.enter('TRANSFERRING');
    await job.call(sink, modified);
    await job.told(handle, 1);
    await job.call(sink, transferred);
    const outcomes = [{ hresult: 0, value: state }, skipped];
    expect(await job.told(handle, 2)).toEqual([
      { kind: 'JobModification', outcomes },
      { kind: 'JobTransferred', outcomes },
    ]);
  });

  it('reports what failed, and skips what depends on it', async () => {
    scene.tell(job.object, getState, { hresult: 0x800706ba });
    await job.call(sink, modified);
    const [told] = await job.told(handle, 1);
    expect(told?.outcomes).toEqual([{ hresult: 0x800706ba, value: null }, skipped]);
  });

  // JavaScript hears nothing until all looks were made: it waits without yielding.
  const wait = new Int32Array(new SharedArrayBuffer(4));
  const looked = (times: number) => {
    for (let i = 0; i < 1000 && scene.calls(getState).length < times; ++i) {
      Atomics.wait(wait, 0, 0, 10);
    }
    expect(scene.calls(getState)).toHaveLength(times);
  };

  it('replaces one of its name that JavaScript has not heard', async () => {
    const sender = { object: job.object, iid: iidOf('IBackgroundCopyJob') };
    let last = NaN;
    const states = ['QUEUED', 'CONNECTING', 'TRANSFERRING', 'SUSPENDED', 'TRANSFERRED'];
    for (const [at, state] of states.entries()) {
      last = job.enter(state);
      expect(sink.callNow(modified, [sender, 0])).toBe(0);
      looked(at + 1);
    }
    expect(sink.callNow(transferred, [sender])).toBe(0);
    looked(states.length + 1);
    const outcomes = [{ hresult: 0, value: last }, skipped];
    expect(await job.told(handle, 2)).toEqual([
      { kind: 'JobModification', outcomes },
      { kind: 'JobTransferred', outcomes },
    ]);
  });

  it('is one for 100,000 calls that come during a look', async () => {
    const sender = { object: job.object, iid: iidOf('IBackgroundCopyJob') };
    scene.tell(job.object, getState, { held: true });
    expect(sink.callNow(modified, [sender, 0])).toBe(0);
    looked(1);
    const state = job.enter('TRANSFERRED');
    const idle = process.memoryUsage().rss;
    expect(sink.callNow(modified, [sender, 0], 100_000)).toBe(0);
    expect(process.memoryUsage().rss - idle).toBeLessThan(8 << 20);
    job.object.letGo();
    looked(2);
    expect(sink.callNow(transferred, [sender])).toBe(0);
    looked(3);
    const outcomes = [{ hresult: 0, value: state }, skipped];
    expect(await job.told(handle, 2)).toEqual([
      { kind: 'JobModification', outcomes },
      { kind: 'JobTransferred', outcomes },
    ]);
  });

  it('is emitted in order with the outcomes of calls', async () => {
    const heard: string[] = [];
    const listened = scene.events.push.bind(scene.events);
    scene.events.push = (...events) => {
      queueMicrotask(() => heard.push('event'));
      return listened(...events);
    };
    scene.tell(job.object, 'IBackgroundCopyJob::Suspend', { held: true });
    const before = binding.invoke(job.handle, 'IBackgroundCopyJob::Suspend', [], 20_000);
    await eventually(() => {
      expect(scene.calls('IBackgroundCopyJob::Suspend')).toHaveLength(1);
    });
    await job.call(sink, modified);
    const after = binding.invoke(job.handle, 'IBackgroundCopyJob::Resume', [], 20_000);
    job.object.letGo();
    await Promise.all([
      before.then(() => heard.push('before')),
      after.then(() => heard.push('after')),
    ]);
    expect(heard).toEqual(['before', 'event', 'after']);
  });
});

describe('an error that comes with a call', () => {
  it('is read in place of the error that the job has, and released', async () => {
    const state = job.enter('ERROR');
    const error = errorWith(0x80190194);
    await job.call(sink, failed, [{ object: error, iid: iidOf('IBackgroundCopyError') }]);
    const [told] = await job.told(handle, 1);
    const read = { hresult: 0, value: [1, 0x80190194] };
    expect(told).toEqual({
      kind: 'JobError',
      outcomes: [
        { hresult: 0, value: state },
        { hresult: 0, value: { object: null, outcomes: [read] } },
      ],
    });
    expect(scene.calls(getError)).toEqual([]);
  });

  it('is released if a newer one comes, if the look skips it, and if the sink was released', async () => {
    const error = errorWith(1);
    const given = [{ object: error, iid: iidOf('IBackgroundCopyError') }];
    const before = binding.counters();
    scene.tell(job.object, getState, { held: true });
    for (let i = 0; i < 500; ++i) await job.call(sink, failed, given);
    job.enter('TRANSFERRING');
    job.object.letGo();
    await job.settled();
    expect(scene.calls(getError)).toEqual([]);
    scene.release(handle);
    for (let i = 0; i < 500; ++i) await job.call(sink, failed, given);
    await eventually(() => {
      expect(error.references).toBe(0);
      expect(binding.counters().objects).toBe(before.objects - 1);
    });
  });

  it('is E_UNEXPECTED if neither the call nor the job has one', async () => {
    job.enter('ERROR');
    await job.call(sink, failed);
    const [told] = await job.told(handle, 1);
    expect(told?.outcomes[1]).toMatchObject({ hresult: hresultOf('E_UNEXPECTED') });
  });
});

describe('a callback object', () => {
  it("is 'ours' when the service returns it, and 'foreign' if it is another process's", async () => {
    expect((await scene.invoke(getNotify, [], job.handle)).value).toBe('ours');
    const stranger = scene.object();
    scene.tell(job.object, getNotify, { steps: [writtenObject(0, stranger, 'IUnknown')] });
    expect((await scene.invoke(getNotify, [], job.handle)).value).toBe('foreign');
    scene.tell(job.object, getNotify, {});
    expect((await scene.invoke(getNotify, [], job.handle)).value).toBeNull();
  });

  it('is not made without a job, or of an unknown kind', () => {
    expect(() => scene.subscribe('job', null)).toThrow();
    expect(() => scene.subscribe('weather', job.handle)).toThrow();
  });

  it('answers S_OK after its release, and emits nothing', async () => {
    scene.release(handle);
    await job.settled();
    const before = scene.events.length;
    await job.call(sink, transferred);
    await job.settled();
    expect(scene.events).toHaveLength(before);
  });
});
