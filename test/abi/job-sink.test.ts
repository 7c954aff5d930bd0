// SPDX-License-Identifier: MIT
//
// The one sink of a job, whatever subscribes to it, and what becomes of it in the end: a service
// keeps only the last interface that was set.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uint32, type Step } from '../recorder/plan.js';
import { iidOf } from './facts.js';
import {
  flags,
  flagsBefore,
  getNotify,
  RecordedJob,
  setFlags,
  setNotify,
  subscription,
  transferred,
  written,
} from './recorded-job.js';
import { eventually, Scene } from './scene.js';
import { writtenObject } from './taken.js';

let scene: Scene;
let job: RecordedJob;

beforeEach(async () => {
  scene = await Scene.open();
  job = await RecordedJob.make(scene);
});

afterEach(async () => {
  await scene.close();
});

describe('one sink', () => {
  it('serves all subscriptions of a job, on whichever of its objects they are', async () => {
    job.enter('QUEUED');
    const [one, sink] = await job.subscribe();
    const twin = await RecordedJob.make(scene);
    const other = scene.subscribe('job', twin.handle, subscription);
    const another = scene.subscribe('job', job.handle, subscription);
    for (const handle of [one, other, another]) await job.told(handle, 1);
    job.enter('TRANSFERRED');
    await job.call(sink, transferred);
    for (const handle of [one, other, another]) await job.told(handle, 2);
    expect(scene.calls(setNotify)).toHaveLength(1);
  });

  it('is not that of another job', async () => {
    job.enter('QUEUED');
    await job.subscribe();
    const stranger = await RecordedJob.make(scene, 'fedcba98-7654-3210-0123-456789abcdef');
    const other = scene.subscribe('job', stranger.handle, subscription);
    await job.told(other, 1);
    const [mine, its] = scene.calls(setNotify);
    expect(its?.arguments[0]).not.toBe(mine?.arguments[0]);
    scene.sink(its?.copies[0]);
  });

  it('is passed where JavaScript passes the subscription', async () => {
    const [handle, sink] = await job.subscribe();
    const outcome = await scene.invoke(setNotify, [{ handle }], job.handle);
    expect(outcome).toEqual({ hresult: 0, value: null });
    const [own, passed] = scene.calls(setNotify);
    expect(passed?.arguments[0]).toBe(own?.arguments[0]);
    scene.sink(passed?.copies[0]);
    expect(sink.query(iidOf('IBackgroundCopyCallback'))).toBe(0);
  });

  it("is 'ours' when the service gives it back, another is 'foreign'", async () => {
    const [, sink] = await job.subscribe();
    const data = uint32(sink.number);
    scene.tell(job.object, getNotify, { steps: [{ kind: 'writeSink', argument: 0, data }] });
    expect((await scene.invoke(getNotify, [], job.handle)).value).toBe('ours');
    const stranger = scene.object();
    scene.tell(job.object, getNotify, { steps: [writtenObject(0, stranger, 'IUnknown')] });
    expect((await scene.invoke(getNotify, [], job.handle)).value).toBe('foreign');
    scene.tell(job.object, getNotify, {});
    expect((await scene.invoke(getNotify, [], job.handle)).value).toBeNull();
  });
});

describe('the end of the last subscription', () => {
  function giveBack(step: Step, standing: number): void {
    scene.tell(job.object, getNotify, { steps: [step] });
    scene.tell(job.object, 'IBackgroundCopyJob::GetNotifyFlags', {
      steps: written(uint32(standing)),
    });
  }

  it('withdraws the interface and puts the flags back', async () => {
    const [handle, sink] = await job.subscribe();
    giveBack({ kind: 'writeSink', argument: 0, data: uint32(sink.number) }, flags | flagsBefore);
    scene.release(handle);
    await eventually(() => {
      expect(scene.calls(setNotify).at(-1)?.arguments[0]).toBe('0');
      expect(scene.calls(setFlags)).toHaveLength(2);
    });
    const last = BigInt(scene.calls(setFlags).at(-1)?.arguments[0] ?? -1);
    expect(BigInt.asUintN(32, last)).toBe(BigInt(flagsBefore));
  });

  it('leaves what another process has set since', async () => {
    const [handle] = await job.subscribe();
    giveBack(writtenObject(0, scene.object(), 'IUnknown'), 0);
    scene.release(handle);
    await eventually(() => {
      expect(scene.calls(getNotify)).toHaveLength(1);
    });
    await job.settled();
    expect(scene.calls(setNotify)).toHaveLength(1);
    expect(scene.calls(setFlags)).toHaveLength(1);
  });

  it('leaves flags that were set by hand', async () => {
    const [handle, sink] = await job.subscribe({ flags: 0, keepFlags: true });
    giveBack({ kind: 'writeSink', argument: 0, data: uint32(sink.number) }, flags | flagsBefore);
    scene.release(handle);
    await eventually(() => {
      expect(scene.calls(setNotify).at(-1)?.arguments[0]).toBe('0');
    });
    await job.settled();
    expect(scene.calls(setFlags)).toEqual([]);
  });

  it('a service may call after it', async () => {
    const [handle, sink] = await job.subscribe();
    scene.release(handle);
    await eventually(() => {
      expect(scene.calls(getNotify)).toHaveLength(1);
    });
    await job.settled();
    const before = scene.events.length;
    await job.call(sink, transferred);
    await job.settled();
    expect(scene.events).toHaveLength(before);
  });
});
