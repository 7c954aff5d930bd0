// SPDX-License-Identifier: MIT
//
// A service that stopped and was restarted: objects are re-fetched from where they came from.

import { afterEach, describe, expect, vi } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import { setRoot, type RecordedObject } from '../recorder/recorder.js';
import { binding, eventually, it } from './library-scene.js';
import { enter, settled } from './recorded-sink.js';
import { callsOf, getJob, getState, lost, restart, unavailable } from './restart.js';
import { writtenObject, writtenText } from './written.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a read', () => {
  it.for([unavailable, lost, 0x800706bf, 0x80010007, 0x80010012, 0x80010108, 0x800401fd])(
    'is repeated after %i',
    async (hresult, { scene, recorded }) => {
      const again = restart(scene, recorded, hresult);
      enter(scene, again, 'SUSPENDED');
      expect(await recorded.job.getState()).toBe('suspended');
      expect(callsOf(scene, getState, recorded)).toBe(1);
      expect(callsOf(scene, getState, again)).toBe(1);
      await recorded.job.resume();
      expect(callsOf(scene, 'IBackgroundCopyJob::Resume', again)).toBe(1);
    },
  );

  it('is repeated with others at the same time, and the job is re-fetched once', async ({
    scene,
    recorded,
  }) => {
    const before = scene.calls(getJob).length;
    const again = restart(scene, recorded);
    enter(scene, again, 'TRANSFERRED');
    const states = [1, 2, 3, 4].map(() => recorded.job.getState());
    expect(await Promise.all(states)).toEqual(states.map(() => 'transferred'));
    const { state } = await recorded.job.snapshot();
    expect(state).toBe('transferred');
    expect(scene.calls(getJob).length - before).toBe(1);
  });

  it('of several methods in one hop is repeated as a whole', async ({ scene, recorded }) => {
    const again = restart(scene, recorded);
    enter(scene, again, 'QUEUED');
    expect(await recorded.job.snapshot()).toMatchObject({ state: 'queued' });
  });

  it('re-fetches the job for its other objects, too', async ({ scene, recorded }) => {
    const other = await scene.again(recorded.object, recorded.job.id);
    const again = restart(scene, recorded);
    enter(scene, again, 'QUEUED');
    expect(await recorded.job.getState()).toBe('queued');
    expect(await other.getState()).toBe('queued');
    expect(callsOf(scene, getState, recorded)).toBe(1);
  });
});

describe('a call that changes something', () => {
  it('rejects and is not repeated, and the next one re-fetches the job', async ({
    scene,
    recorded,
  }) => {
    const again = restart(scene, recorded, lost);
    await expect(recorded.job.resume()).rejects.toMatchObject({
      code: 'RPC_S_CALL_FAILED',
      operation: 'IBackgroundCopyJob::Resume',
      mayHaveRun: true,
      retryable: false,
    });
    expect(callsOf(scene, 'IBackgroundCopyJob::Resume', again)).toBe(0);
    await recorded.job.resume();
    expect(callsOf(scene, 'IBackgroundCopyJob::Resume', recorded)).toBe(1);
    expect(callsOf(scene, 'IBackgroundCopyJob::Resume', again)).toBe(1);
  });

  it('has not run if it did not reach the service', async ({ scene, recorded }) => {
    restart(scene, recorded, unavailable);
    await expect(recorded.job.resume()).rejects.toMatchObject({
      code: 'RPC_S_SERVER_UNAVAILABLE',
      mayHaveRun: false,
      retryable: true,
    });
  });
});

describe('the manager', () => {
  it('is activated again', async ({ scene, recorded }) => {
    const again = restart(scene, recorded);
    enter(scene, again, 'QUEUED');
    const root = scene.object();
    scene.tell(root, getJob, { steps: [writtenObject(1, again.object, 'IBackgroundCopyJob')] });
    scene.tell(scene.root, getJob, { hresult: unavailable });
    setRoot(root);
    expect(await recorded.job.getState()).toBe('queued');
    const found = await scene.manager.getJob(recorded.job.id);
    expect(await found.getState()).toBe('queued');
    expect(scene.calls(getJob).filter((call) => call.object === root.number)).toHaveLength(2);
  });

  describe('that does not come back', () => {
    it.override({ options: { callTimeout: 1000 } });

    it('rejects calls in the end, and is found once it does', async ({ scene, recorded }) => {
      const again = restart(scene, recorded);
      enter(scene, again, 'QUEUED');
      const root = scene.object();
      scene.tell(root, getJob, { steps: [writtenObject(1, again.object, 'IBackgroundCopyJob')] });
      scene.tell(scene.root, getJob, { hresult: unavailable });
      setRoot(root);
      const outcome = { hresult: unavailable, value: null, stage: 'activation' } as const;
      const connect = vi.spyOn(binding, 'connect').mockResolvedValue(outcome);
      await expect(recorded.job.getState()).rejects.toMatchObject({
        code: 'RPC_S_SERVER_UNAVAILABLE',
        operation: 'CoCreateInstance',
        retryable: true,
      });
      expect(connect.mock.calls.length).toBeGreaterThan(1);
      connect.mockRestore();
      expect(await recorded.job.getState()).toBe('queued');
    });
  });
});

describe('a job that the service no longer knows', () => {
  const hresult = hresultOf('DO_E_JOB_NOT_FOUND');
  const unknown = { code: 'DO_E_JOB_NOT_FOUND', hresult, operation: getJob };

  it('rejects with that code', async ({ scene, recorded }) => {
    restart(scene, recorded);
    scene.tell(scene.root, getJob, { hresult });
    await expect(recorded.job.getState()).rejects.toMatchObject(unknown);
    await expect(recorded.job.resume()).rejects.toMatchObject(unknown);
  });

  it('ends a wait with that code, and is a warning to listeners', async ({ scene, recorded }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const warned = vi.fn();
    recorded.job.on('warning', warned);
    recorded.job.on('transferred', vi.fn());
    await settled(recorded);
    restart(scene, recorded);
    scene.tell(scene.root, getJob, { hresult });
    await expect(recorded.job.wait({ stallTimeout: 20_000 })).rejects.toMatchObject(unknown);
    await eventually(() => {
      expect(warned.mock.calls).toEqual([[unknown]]);
    });
  });
});

describe('a file', () => {
  const row = 'IBackgroundCopyJob::EnumFiles';

  it("is re-fetched by its path, from the job's list", async ({ scene, recorded }) => {
    const [file, other, again] = [scene.object(), scene.object(), scene.object()];
    const named = (object: RecordedObject, name: string) => {
      scene.tell(object, 'IBackgroundCopyFile::GetLocalName', { steps: [writtenText(0, name)] });
    };
    const lists = (...objects: RecordedObject[]) => {
      const files = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', objects);
      scene.tell(recorded.object, row, { steps: [files(0)] });
    };
    named(file, 'C:\\file');
    lists(file);
    const [listed] = await recorded.job.enumFiles();
    scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { hresult: unavailable });
    scene.tell(again, 'IBackgroundCopyFile::GetRemoteName', {
      steps: [writtenText(0, 'http://a/')],
    });
    named(other, 'C:\\other');
    named(again, 'C:\\file');
    lists(other, again);
    expect(await listed?.getRemoteName()).toBe('http://a/');
    await listed?.[Symbol.asyncDispose]();
  });

  it('that the job no longer lists rejects with E_NOT_SET', async ({ scene, recorded }) => {
    const file = scene.object();
    const files = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [file]);
    scene.tell(recorded.object, row, { steps: [files(0)] });
    const [listed] = await recorded.job.enumFiles();
    scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { hresult: unavailable });
    await expect(listed?.getRemoteName()).rejects.toMatchObject({
      code: 'E_NOT_SET',
      operation: row,
    });
    await listed?.[Symbol.asyncDispose]();
  });
});
