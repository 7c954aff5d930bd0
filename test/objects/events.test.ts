// SPDX-License-Identifier: MIT
//
// Events from callbacks on a service's threads. Callbacks may come twice, late, or never.

import { JobError, type JobProgress } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import { errorObject, wholeError } from './error-object.js';
import { eventually, it, setNotifyInterface } from './library-scene.js';
import { callBack, enter, move, moved, settled, sinkOf } from './recorded-sink.js';
import { writtenObject } from './written.js';

const modified = 'JobModification';
const getError = 'IBackgroundCopyJob::GetError';

describe("'transferred'", () => {
  it('is emitted once for each entry into the state, however often the service calls', async ({
    scene,
    recorded,
  }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const heard = vi.fn();
    recorded.job.on('transferred', heard);
    const sink = await sinkOf(scene, recorded);

    enter(scene, recorded, 'TRANSFERRED');
    const calls = [1, 2, 3].map(() => callBack(sink, recorded, 'JobTransferred'));
    await Promise.all(calls);
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(heard).toHaveBeenCalledExactlyOnceWith();

    enter(scene, recorded, 'TRANSFERRING');
    // Late: the job is in another state by now.
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(heard).toHaveBeenCalledTimes(1);

    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, modified);
    await settled(recorded);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('is emitted again for added files once the job is resumed, and not before', async ({
    scene,
    recorded,
  }) => {
    const { job } = recorded;
    const heard = vi.fn();
    enter(scene, recorded, 'TRANSFERRED');
    job.on('transferred', heard);
    const sink = await sinkOf(scene, recorded);
    await job.addFile('http://a/', 'C:\\a');
    await callBack(sink, recorded, modified);
    await settled(recorded);
    expect(heard).toHaveBeenCalledTimes(1);
    enter(scene, recorded, 'TRANSFERRING');
    await job.resume();
    await settled(recorded);
    enter(scene, recorded, 'TRANSFERRED');
    for (let looks = 0; looks < 2; looks++) {
      await callBack(sink, recorded, 'JobTransferred');
      await settled(recorded);
    }
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('reaches every object of the job through one sink', async ({ scene, recorded }) => {
    const other = await scene.again(recorded.object, recorded.job.id);
    const heard = [vi.fn(), vi.fn()];
    recorded.job.on('transferred', heard[0] ?? vi.fn());
    other.on('transferred', heard[1] ?? vi.fn());
    const sink = await sinkOf(scene, recorded);
    expect(scene.calls(setNotifyInterface)).toHaveLength(1);
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    for (const one of heard) expect(one).toHaveBeenCalledOnce();
  });

  it('is no longer emitted after off(), or after the job is disposed of', async ({
    scene,
    recorded,
  }) => {
    const heard = vi.fn();
    recorded.job.on('transferred', heard);
    const other = await scene.again(recorded.object, recorded.job.id);
    other.on('transferred', heard);
    const sink = await sinkOf(scene, recorded);
    recorded.job.off('transferred', heard);
    await other[Symbol.asyncDispose]();
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe("'error'", () => {
  it("carries the error that came with the call, read on the job's strand", async ({
    scene,
    recorded,
  }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const heard = vi.fn<(error: JobError) => void>();
    recorded.job.on('error', heard);
    const sink = await sinkOf(scene, recorded);

    enter(scene, recorded, 'ERROR');
    const error = errorObject(scene);
    for (let i = 0; i < 3; ++i) await callBack(sink, recorded, 'JobError', error);
    await settled(recorded);
    expect(heard).toHaveBeenCalledOnce();
    expect(heard.mock.lastCall?.[0]).toBeInstanceOf(JobError);
    expect(heard.mock.lastCall?.[0]).toMatchObject(wholeError);

    // It is not fetched again, and not read on the service's own thread.
    expect(scene.calls(getError)).toEqual([]);
    const [read] = scene.calls('IBackgroundCopyError::GetError');
    const looks = scene.calls('IBackgroundCopyJob::GetState').map(({ thread }) => thread);
    expect(looks).toContain(read?.thread);
  });

  it('is read from the job if no callback came, once for each entry into the state', async ({
    scene,
    recorded,
  }) => {
    const steps = [writtenObject(0, errorObject(scene), 'IBackgroundCopyError')];
    scene.tell(recorded.object, getError, { steps });
    enter(scene, recorded, 'ERROR');
    const heard = vi.fn<(error: JobError) => void>();
    recorded.job.on('error', heard);
    const sink = await sinkOf(scene, recorded);
    expect(heard).toHaveBeenCalledOnce();
    expect(heard.mock.lastCall?.[0]).toMatchObject(wholeError);

    enter(scene, recorded, 'TRANSFERRING');
    await callBack(sink, recorded, modified);
    enter(scene, recorded, 'ERROR');
    await callBack(sink, recorded, modified);
    await settled(recorded);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('is not emitted for a transient error, and not thrown without a listener', async ({
    scene,
    recorded,
  }) => {
    const transferred = vi.fn();
    recorded.job.on('transferred', transferred);
    const heard = vi.fn();
    recorded.job.once('error', heard);
    const sink = await sinkOf(scene, recorded);
    enter(scene, recorded, 'TRANSIENT_ERROR');
    await callBack(sink, recorded, modified);
    await settled(recorded);
    expect(heard).not.toHaveBeenCalled();
    recorded.job.off('error', heard);
    enter(scene, recorded, 'ERROR');
    await callBack(sink, recorded, 'JobError', errorObject(scene));
    await settled(recorded);
    expect(heard).not.toHaveBeenCalled();
    expect(transferred).not.toHaveBeenCalled();
  });
});

it("'modification' carries state and progress, for each call", async ({ scene, recorded }) => {
  const heard = vi.fn();
  recorded.job.on('modification', heard);
  const sink = await sinkOf(scene, recorded);
  expect(heard).not.toHaveBeenCalled();
  enter(scene, recorded, 'CONNECTING');
  move(scene, recorded, 2 ** 40);
  for (let i = 0; i < 2; ++i) {
    await callBack(sink, recorded, modified);
    await settled(recorded);
  }
  const told = { state: 'connecting', progress: moved(2 ** 40) };
  expect(heard.mock.calls).toEqual([[told], [told]]);
});

it("'progress' is emitted at first, and whenever something has moved", async ({
  scene,
  recorded,
}) => {
  const heard: JobProgress[] = [];
  move(scene, recorded, 0);
  recorded.job.on('progress', (progress) => heard.push(progress));
  const sink = await sinkOf(scene, recorded);
  for (const bytes of [1, 1, 2]) {
    move(scene, recorded, bytes);
    await callBack(sink, recorded, modified);
    await settled(recorded);
  }
  expect(heard).toEqual([0, 1, 2].map(moved));
});

describe('a service that refuses to call back', () => {
  it.override({ options: { pollInterval: 20 } });

  it("causes a 'warning', and the poll delivers the events", async ({ scene, recorded }) => {
    const { object, job } = recorded;
    scene.tell(object, setNotifyInterface, { hresult: hresultOf('E_ACCESSDENIED') });
    enter(scene, recorded, 'TRANSFERRING');
    const [warned, transferred] = [vi.fn(), vi.fn()];
    job.on('warning', warned);
    job.on('transferred', transferred);
    await settled(recorded);
    expect(warned).toHaveBeenCalledExactlyOnceWith({
      code: 'E_ACCESSDENIED',
      hresult: hresultOf('E_ACCESSDENIED'),
      operation: setNotifyInterface,
    });
    enter(scene, recorded, 'TRANSFERRED');
    await eventually(() => {
      expect(transferred).toHaveBeenCalledOnce();
    });
    expect(warned).toHaveBeenCalledOnce();
  });

  it('and refuses the flags causes one warning for each', async ({ scene, recorded }) => {
    const setNotifyFlags = 'IBackgroundCopyJob::SetNotifyFlags';
    scene.tell(recorded.object, setNotifyInterface, { hresult: hresultOf('E_ACCESSDENIED') });
    scene.tell(recorded.object, setNotifyFlags, { hresult: hresultOf('E_NOTIMPL') });
    const operations: string[] = [];
    recorded.job.on('warning', ({ operation }) => operations.push(operation));
    recorded.job.on('transferred', () => undefined);
    await settled(recorded);
    expect(operations).toEqual([setNotifyInterface, setNotifyFlags]);
  });
});

describe('a job that can no longer be read', () => {
  it.override({ options: { pollInterval: 20, callTimeout: 300 } });

  it("causes one 'warning' for an object, until it can be read", async ({ scene, recorded }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const [warned, transferred, failed] = [vi.fn(), vi.fn(), vi.fn()];
    recorded.job.on('warning', warned);
    recorded.job.on('transferred', transferred);
    recorded.job.on('error', failed);
    await settled(recorded);
    const operation = 'IBackgroundCopyJob::GetState';
    scene.tell(recorded.object, operation, { hresult: 0x800706ba });
    await eventually(() => {
      expect(warned).toHaveBeenCalled();
    });
    const looks = scene.calls(operation).length;
    await eventually(() => {
      expect(scene.calls(operation).length).toBeGreaterThan(looks + 2);
    });
    expect(warned.mock.calls).toEqual([
      [{ code: 'RPC_S_SERVER_UNAVAILABLE', hresult: 0x800706ba, operation }],
    ]);
    enter(scene, recorded, 'TRANSFERRED');
    await eventually(() => {
      expect(transferred).toHaveBeenCalledOnce();
    });
    expect(failed).not.toHaveBeenCalled();
  });
});
