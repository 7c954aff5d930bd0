// SPDX-License-Identifier: MIT
//
// A call that hangs blocks only its own object, and calls that end the work may overtake it. A call
// past its deadline is abandoned, and its late result is released.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../recorder/plan.js';
import type { RecordedObject } from '../recorder/recorder.js';
import type { Handle } from '../../typings/binding.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { iidOf, rowAt } from '../facts/facts.js';
import { binding, clsid, eventually, handlesIn, Scene } from '../recorder/scene.js';
import { writtenObject, writtenText } from '../recorder/taken.js';

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

/** Starts a call that hangs, and returns once the service has received it. */
async function hang(address: string, { steps = [], timeout = 20_000 }: Hanging = {}) {
  scene.tell(job, address, { held: true, steps });
  const hung = awaitedLater(scene.invokeWithin(timeout, address, [], handle));
  await eventually(() => {
    expect(scene.calls(address)).toHaveLength(1);
  });
  // In an object, because an async function awaits a promise that it returns.
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
  ])('%s overtakes the hung %s and the waiting %s', async (overtaking, hanging, row) => {
    const { hung } = await hang(hanging);
    await untilLent();
    const waiting = awaitedLater(scene.invoke(row, [], handle));
    expect(await scene.invoke(overtaking, [], handle)).toEqual(done);
    expect(scene.calls(row)).toEqual([]);
    job.letGo();
    expect((await hung).hresult).toBe(0);
    expect(await waiting).toEqual(done);
  });

  it('a call that was posted before the thread is lent overtakes, too', async () => {
    const { hung } = await hang(getState);
    const waiting = awaitedLater(scene.invoke(resume, [], handle));
    expect(await scene.invoke('IBackgroundCopyJob::Cancel', [], handle)).toEqual(done);
    expect(scene.calls(resume)).toEqual([]);
    job.letGo();
    await Promise.all([hung, waiting]);
  });

  // Otherwise both would succeed, and the job would run although the program shows it as paused.
  it.each([
    [resume, 'IBackgroundCopyJob::Suspend', getState],
    [start, 'IDODownload::Pause', 'IDODownload::GetStatus'],
  ])('%s keeps its place before %s, posted early or late', async (starts, halts, hanging) => {
    const { hung } = await hang(hanging);
    const posted = [scene.invoke(starts, [], handle), scene.invoke(halts, [], handle)];
    await untilLent();
    posted.push(scene.invoke(halts, [], handle));
    // Posted last, but sent first.
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

  it('another handle of the same object waits', async () => {
    const again = await scene.handleOf(job, 'IBackgroundCopyJob');
    const { hung } = await hang(getState);
    const waiting = awaitedLater(scene.invoke(getId, [], again));
    await untilLent();
    expect(scene.calls(getId)).toEqual([]);
    job.letGo();
    await Promise.all([hung, waiting]);
    expect(arrivals()).toEqual([getState, getId].map((address) => rowAt(address).slot));
  });

  it('the threads that calls on 24 other objects hold are replaced', async () => {
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

// The state of jobs with listeners when the service hangs.
it.each([32, 200])('%i jobs whose polls hang do not block other calls', async (count) => {
  const jobs = Array.from({ length: count }, () => scene.object());
  const handles: Handle[] = [];
  for (const one of jobs) {
    scene.tell(one, getState, { held: true });
    const on = await scene.handleOf(one, 'IBackgroundCopyJob');
    handles.push(on);
    void binding.invoke(on, getState, [], null, true);
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

it('a call that may overtake keeps its place while nothing hangs', async () => {
  const order = ['Suspend', 'Resume', 'Cancel'].map((name) => `IBackgroundCopyJob::${name}`);
  await Promise.all(order.map((address) => scene.invoke(address, [], handle)));
  expect(arrivals()).toEqual(order.map((address) => rowAt(address).slot));
});

describe('past its deadline', () => {
  // Long enough for the call to reach the service.
  const timeout = 1000;

  it('a call may have run, and a call queued behind it is never sent', async () => {
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

  // The scene checks at its end that everything was released.
  describe('a late result is released:', () => {
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
  it('lets the call finish', async () => {
    const { hung } = await hang(getState);
    scene.release(handle);
    expect(await scene.invoke(getId, [], handle)).toMatchObject({ stage: 'closed' });
    job.letGo();
    expect((await hung).hresult).toBe(0);
  });
});
