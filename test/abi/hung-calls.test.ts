// SPDX-License-Identifier: MIT
//
// A call that hangs holds back its own object alone, and may be overtaken by what ends it; a call
// past its deadline is given up, and what comes of it later is let go.

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../recorder/plan.js';
import type { RecordedObject } from '../recorder/recorder.js';
import type { Handle } from '../../typings/binding.js';
import { awaitedLater } from '../service/awaited-later.js';
import { iidOf, rowAt } from './facts.js';
import { binding, clsid, eventually, handlesIn, Scene } from './scene.js';
import { writtenObject, writtenText } from './taken.js';

const getState = 'IBackgroundCopyJob::GetState';
const getId = 'IBackgroundCopyJob::GetId';
const resume = 'IBackgroundCopyJob::Resume';
const complete = 'IBackgroundCopyJob::Complete';
const start = 'IDODownload::Start';

let scene: Scene;
let job: RecordedObject;
let handle: Handle;

beforeEach(async () => {
  scene = await Scene.open();
  job = scene.object();
  handle = await scene.handleOf(job, 'IBackgroundCopyJob');
});

afterEach(async () => {
  job.letGo();
  await scene.close();
});

/** Starts a call that hangs, and returns when the service has it. */
async function hang(address: string, { steps = [], timeout = 20_000 }: Hanging = {}) {
  scene.tell(job, address, { held: true, steps });
  const hung = awaitedLater(scene.invokeWithin(timeout, address, [], handle));
  await eventually(() => {
    expect(scene.calls(address)).toHaveLength(1);
  });
  // In an object, because a promise returned is a promise awaited.
  return { hung };
}

interface Hanging {
  steps?: Step[];
  timeout?: number;
}

async function untilLent(): Promise<void> {
  await eventually(() => {
    expect(binding.counters().lent).toBeGreaterThan(0);
  });
}

function arrivals(): number[] {
  return scene
    .calls()
    .filter(({ object }) => object === job.number)
    .map(({ slot }) => slot);
}

const done = { hresult: 0, value: null };

describe('beside a call that hangs', () => {
  it.each([
    ['IBackgroundCopyJob::Cancel', getState, resume],
    ['IBackgroundCopyJob::Suspend', getState, complete],
    ['IDODownload::Abort', 'IDODownload::GetStatus', start],
    ['IDODownload::Pause', 'IDODownload::GetStatus', 'IDODownload::Finalize'],
  ])('%s overtakes %s and %s, which overtakes nothing', async (overtaking, hanging, row) => {
    const { hung } = await hang(hanging);
    await untilLent();
    const waiting = awaitedLater(scene.invoke(row, [], handle));
    expect(await scene.invoke(overtaking, [], handle)).toEqual(done);
    expect(scene.calls(row)).toEqual([]);
    job.letGo();
    expect((await hung).hresult).toBe(0);
    expect(await waiting).toEqual(done);
  });

  it('what overtakes was posted before the thread was lent', async () => {
    const { hung } = await hang(getState);
    const waiting = awaitedLater(scene.invoke(resume, [], handle));
    expect(await scene.invoke('IBackgroundCopyJob::Cancel', [], handle)).toEqual(done);
    expect(scene.calls(resume)).toEqual([]);
    job.letGo();
    await Promise.all([hung, waiting]);
  });

  // Otherwise both would succeed, and the job would run in a program that says "paused".
  it.each([
    [resume, 'IBackgroundCopyJob::Suspend', getState],
    [start, 'IDODownload::Pause', 'IDODownload::GetStatus'],
  ])('%s keeps its place before %s, whenever that was posted', async (starts, halts, hanging) => {
    const { hung } = await hang(hanging);
    const posted = [scene.invoke(starts, [], handle), scene.invoke(halts, [], handle)];
    await untilLent();
    posted.push(scene.invoke(halts, [], handle));
    // It is posted last, and the first that is sent.
    const ends = hanging === getState ? 'IBackgroundCopyJob::Cancel' : 'IDODownload::Abort';
    expect(await scene.invoke(ends, [], handle)).toEqual(done);
    job.letGo();
    await hung;
    for (const each of await Promise.all(posted)) expect(each).toEqual(done);
    const order = [hanging, ends, starts, halts, halts];
    expect(arrivals()).toEqual(order.map((address) => rowAt(address).slot));
  });

  it('another object is served', async () => {
    const { hung } = await hang(getState);
    const other = await scene.handleOf(scene.object(), 'IBackgroundCopyJob');
    expect((await scene.invoke(getState, [], other)).hresult).toBe(0);
    job.letGo();
    await hung;
  });

  it('another handle of the same object is not', async () => {
    const again = await scene.handleOf(job, 'IBackgroundCopyJob');
    const { hung } = await hang(getState);
    const waiting = awaitedLater(scene.invoke(getId, [], again));
    await untilLent();
    expect(scene.calls(getId)).toEqual([]);
    job.letGo();
    await Promise.all([hung, waiting]);
    expect(arrivals()).toEqual([getState, getId].map((address) => rowAt(address).slot));
  });

  it('the threads of many others are made up for', async () => {
    const jobs = Array.from({ length: 24 }, () => scene.object());
    const hung = [];
    for (const one of jobs) {
      const on = await scene.handleOf(one, 'IBackgroundCopyJob');
      scene.tell(one, getState, { held: true });
      hung.push(scene.invoke(getState, [], on));
    }
    await eventually(() => {
      expect(scene.calls(getState)).toHaveLength(jobs.length);
    });
    expect((await scene.invoke(getId, [], handle)).hresult).toBe(0);
    for (const one of jobs) one.letGo();
    for (const outcome of await Promise.all(hung)) expect(outcome.hresult).toBe(0);
  });
});

// As a service that hangs makes of jobs with listeners.
it.each([32, 64, 200])('%i jobs whose polls hang hold back nobody else', async (count) => {
  const jobs = Array.from({ length: count }, () => scene.object());
  const handles: Handle[] = [];
  for (const one of jobs) {
    scene.tell(one, getState, { held: true });
    const on = await scene.handleOf(one, 'IBackgroundCopyJob');
    handles.push(on);
    scene.subscribe('job', on, { id: randomUUID(), flags: 0, tells: ['state'], poll: 60_000 });
  }
  await eventually(() => {
    expect(scene.calls(getState)).toHaveLength(jobs.length);
  });
  expect((await scene.invoke(getState, [], handle)).hresult).toBe(0);
  const cancels = handles.map((on) => scene.invoke('IBackgroundCopyJob::Cancel', [], on));
  for (const outcome of await Promise.all(cancels)) expect(outcome.hresult).toBe(0);
  const { value } = await binding.connect([clsid, 'IBackgroundCopyManager'], 20_000);
  const [again] = handlesIn(value);
  expect(again !== undefined && binding.release(again)).toBe(true);
  for (const one of jobs) one.letGo();
});

it('what may overtake keeps its place while nothing hangs', async () => {
  const order = ['Suspend', 'Resume', 'Cancel'].map((name) => `IBackgroundCopyJob::${name}`);
  await Promise.all(order.map((address) => scene.invoke(address, [], handle)));
  expect(arrivals()).toEqual(order.map((address) => rowAt(address).slot));
});

describe('past its deadline', () => {
  // Enough for the service to have got the call.
  const timeout = 1000;

  it('a call may have run, and one behind it is never sent', async () => {
    const { hung } = await hang(getState, { timeout });
    const behind = awaitedLater(scene.invokeWithin(timeout, getId, [], handle));
    const gone = { stage: 'timeout', value: null };
    expect(await hung).toMatchObject({ ...gone, mayHaveRun: true });
    const unsent = await behind;
    expect(unsent).toMatchObject(gone);
    expect(unsent).not.toHaveProperty('mayHaveRun');
    job.letGo();
    expect(await scene.invoke(resume, [], handle)).toEqual(done);
    expect(arrivals()).toEqual([getState, resume].map((address) => rowAt(address).slot));
  });

  // That all of it is free again is seen at the scene's end.
  describe('what comes late is let go', () => {
    it('an object', async () => {
      const steps = [writtenObject(0, scene.object(), 'IBackgroundCopyError')];
      const { hung } = await hang('IBackgroundCopyJob::GetError', { steps, timeout });
      expect((await hung).stage).toBe('timeout');
    });

    it('memory', async () => {
      const steps = [writtenText(0, 'nobody reads it')];
      const { hung } = await hang('IBackgroundCopyJob::GetOwner', { steps, timeout });
      expect((await hung).stage).toBe('timeout');
    });

    it('a list', async () => {
      const enumerator = scene.object();
      enumerator.enumerate([scene.object(), scene.object()], iidOf('IBackgroundCopyFile'));
      const steps = [writtenObject(0, enumerator, 'IEnumBackgroundCopyFiles')];
      const { hung } = await hang('IBackgroundCopyJob::EnumFiles', { steps, timeout });
      expect((await hung).stage).toBe('timeout');
    });
  });
});

describe('a handle released while its call hangs', () => {
  it('lets the call end', async () => {
    const { hung } = await hang(getState);
    scene.release(handle);
    expect(await scene.invoke(getId, [], handle)).toMatchObject({ stage: 'closed' });
    job.letGo();
    expect((await hung).hresult).toBe(0);
  });
});
