// SPDX-License-Identifier: MIT
//
// As a job's callback object ends, it puts back what it has set on the job, unless that has changed
// since.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handle, Loan } from '../../typings/binding.js';
import { hresultOf, rowAt } from '../facts/facts.js';
import type { RecordedSink } from '../recorder/recorder.js';
import { eventually, Scene } from '../recorder/scene.js';
import { writtenObject } from '../recorder/taken.js';
import {
  flags,
  flagsBefore,
  getFlags,
  getNotify,
  getState,
  lent,
  modified,
  RecordedJob,
  setFlags,
  setNotify,
  skipped,
} from './recorded-job.js';

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

describe('a loan', () => {
  const add = (bits: number, how: Loan['how'] = 'add') =>
    job.lend([lent(handle, setFlags, bits, getFlags, how)]);

  async function end(): Promise<void> {
    scene.release(handle);
    await job.settled();
  }

  it('is put back as the sink ends: the interface is withdrawn, and the flags are as before', async () => {
    await add(flags);
    job.stand(flags | flagsBefore);
    await end();
    expect(scene.calls(setNotify).map(({ arguments: [sink] }) => sink === '0')).toEqual([
      false,
      true,
    ]);
    expect(job.flagsSet()).toEqual([flags | flagsBefore, flagsBefore]);
  });

  it('is put back before any later call, even while a look is under way', async () => {
    scene.tell(job.object, getState, { held: true });
    await job.call(sink, modified);
    await eventually(() => {
      expect(scene.calls(getState)).toHaveLength(1);
    });
    scene.release(handle);
    const later = job.settled();
    job.object.letGo();
    await later;
    const rows = [setNotify, 'IBackgroundCopyJob::Resume'].map((row) => rowAt(row).slot);
    const order = scene.calls().flatMap(({ slot }) => (rows.includes(slot) ? [slot] : []));
    expect(order).toEqual([rows[0], rows[0], rows[1]]);
  });

  it('is left alone if another process has set something since', async () => {
    await add(flags);
    scene.tell(job.object, getNotify, {
      steps: [writtenObject(0, scene.object(), 'IUnknown')],
    });
    job.stand(0);
    await end();
    expect(scene.calls(getNotify)).toHaveLength(1);
    expect(scene.calls(setNotify)).toHaveLength(1);
    expect(job.flagsSet()).toEqual([flags | flagsBefore]);
  });

  it('is left alone if another callback object of this process is set', async () => {
    const [, other] = await job.hook();
    job.giveBack(other);
    await end();
    expect(scene.calls(setNotify).map(({ arguments: [sink] }) => sink)).not.toContain('0');
  });

  it('is not made if the bits are already set', async () => {
    job.stand(flags | flagsBefore);
    expect(await add(flags)).toEqual([skipped]);
    await end();
    expect(job.flagsSet()).toEqual([]);
  });

  it('is not made if the current bits cannot be read', async () => {
    scene.tell(job.object, getFlags, { hresult: hresultOf('E_NOTIMPL') });
    expect(await add(8)).toEqual([skipped]);
    await end();
    expect(job.flagsSet()).toEqual([]);
  });

  it('is widened from the value that it has set', async () => {
    await add(1);
    await add(2);
    job.stand(flags | flagsBefore);
    await end();
    expect(job.flagsSet()).toEqual([1 | flagsBefore, flags | flagsBefore, flagsBefore]);
  });

  it('that is renewed in a restarted service goes back to the first value', async () => {
    await add(1);
    job.stand(0);
    await add(1, 'renew');
    job.stand(1);
    await end();
    expect(job.flagsSet()).toEqual([1 | flagsBefore, 1, flagsBefore]);
  });

  it('is not put back if the value was then set for good', async () => {
    await add(flags);
    await add(2, 'keep');
    job.stand(2);
    await end();
    expect(job.flagsSet()).toEqual([flags | flagsBefore, 2]);
  });

  it('keeps its value if the service refuses to set a new one', async () => {
    await add(1);
    job.stand(1 | flagsBefore);
    scene.tell(job.object, setFlags, { hresult: hresultOf('E_NOTIMPL') });
    expect(await add(8)).toMatchObject([{ hresult: hresultOf('E_NOTIMPL') }]);
    scene.tell(job.object, setFlags, {});
    await end();
    expect(job.flagsSet()).toEqual([1 | flagsBefore, 9 | flagsBefore, flagsBefore]);
  });

  it('is refused on an object of another job', async () => {
    const stranger = await RecordedJob.make(scene);
    const call = lent(handle, setFlags, 1, getFlags, 'add');
    const refused = { hresult: hresultOf('E_INVALIDARG'), stage: 'argument' };
    expect(await stranger.lend([call])).toMatchObject([refused]);
    expect(stranger.flagsSet()).toEqual([]);
  });
});
