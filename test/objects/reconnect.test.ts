// SPDX-License-Identifier: MIT
//
// A service that went away and came back: objects are had again from where they came from.

import { JobError } from 'dosvc';
import { afterEach, describe, expect, vi } from 'vitest';
import { hresultOf } from '../abi/facts.js';
import { setRoot, type RecordedObject } from '../recorder/recorder.js';
import { awaitedLater } from '../service/awaited-later.js';
import { errorObject } from './error-object.js';
import {
  binding,
  eventually,
  it,
  setNotifyInterface,
  type LibraryScene,
  type Recorded,
} from './library-scene.js';
import { enter, move, moved, settled } from './recorded-sink.js';
import { writtenNumber, writtenObject, writtenText } from './written.js';

const getState = 'IBackgroundCopyJob::GetState';
const getJob = 'IBackgroundCopyManager::GetJob';
const unavailable = 0x800706ba;
const lost = 0x800706be;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The job dies with this code, and GetJob gives another object from now on. */
function restart(scene: LibraryScene, { object, job }: Recorded, hresult = unavailable): Recorded {
  for (const row of [
    getState,
    'IBackgroundCopyJob::GetProgress',
    'IBackgroundCopyJob::Resume',
    'IBackgroundCopyJob::GetNotifyFlags',
    'IBackgroundCopyJob::GetError',
    setNotifyInterface,
  ]) {
    scene.tell(object, row, { hresult });
  }
  const again = { object: scene.object(), job };
  scene.tell(again.object, setNotifyInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
  scene.tell(scene.root, getJob, {
    steps: [writtenObject(1, again.object, 'IBackgroundCopyJob')],
  });
  return again;
}

function callsOf(scene: LibraryScene, row: string, { object }: Recorded): number {
  return scene.calls(row).filter((call) => call.object === object.number).length;
}

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

  it('of several at once repeats them all, and the job is fetched once', async ({
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

  it('of many methods in one hop is repeated as a whole', async ({ scene, recorded }) => {
    const again = restart(scene, recorded);
    enter(scene, again, 'QUEUED');
    expect(await recorded.job.snapshot()).toMatchObject({ state: 'queued' });
  });

  it('goes to the other objects of the job, too', async ({ scene, recorded }) => {
    const other = await scene.again(recorded.object, recorded.job.id);
    const again = restart(scene, recorded);
    enter(scene, again, 'QUEUED');
    expect(await recorded.job.getState()).toBe('queued');
    expect(await other.getState()).toBe('queued');
    expect(callsOf(scene, getState, recorded)).toBe(1);
  });
});

describe('a call that changes something', () => {
  it('rejects, is not repeated, and the next one finds the job again', async ({
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

  it('did not run where the service was not reached', async ({ scene, recorded }) => {
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

    it('rejects calls in the end, and is found when it does', async ({ scene, recorded }) => {
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

describe('a job that the service does not know any more', () => {
  const hresult = hresultOf('DO_E_JOB_NOT_FOUND');
  const unknown = { code: 'DO_E_JOB_NOT_FOUND', hresult, operation: getJob };

  it('rejects so', async ({ scene, recorded }) => {
    restart(scene, recorded);
    scene.tell(scene.root, getJob, { hresult });
    await expect(recorded.job.getState()).rejects.toMatchObject(unknown);
    await expect(recorded.job.resume()).rejects.toMatchObject(unknown);
  });

  it('ends a wait so, and is a warning to listeners', async ({ scene, recorded }) => {
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

describe('listeners', () => {
  it.override({ options: { pollInterval: 20 } });

  it('hear what was missed, once, by an interface that is set again', async ({
    scene,
    recorded,
  }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const [transferred, warned] = [vi.fn(), vi.fn()];
    recorded.job.on('transferred', transferred);
    recorded.job.on('warning', warned);
    await settled(recorded);

    const again = restart(scene, recorded);
    enter(scene, again, 'TRANSFERRED');
    await eventually(() => {
      expect(transferred).toHaveBeenCalledOnce();
    });
    expect(callsOf(scene, setNotifyInterface, again)).toBe(1);

    const third = restart(scene, again);
    enter(scene, third, 'TRANSFERRED');
    await eventually(() => {
      expect(callsOf(scene, getState, third)).toBeGreaterThan(2);
    });
    expect(callsOf(scene, setNotifyInterface, third)).toBe(1);
    expect(transferred).toHaveBeenCalledOnce();
    expect(warned).not.toHaveBeenCalled();
  });

  it('that come while the service is away have their interface and their flags then', async ({
    scene,
    recorded,
  }) => {
    const again = restart(scene, recorded);
    enter(scene, again, 'TRANSFERRED');
    scene.tell(again.object, 'IBackgroundCopyJob::GetNotifyFlags', {
      steps: [writtenNumber(0, 3)],
    });
    const [transferred, warned] = [vi.fn(), vi.fn()];
    recorded.job.on('warning', warned);
    recorded.job.on('modification', vi.fn());
    recorded.job.on('transferred', transferred);
    await eventually(() => {
      expect(transferred).toHaveBeenCalledOnce();
    });
    expect(callsOf(scene, setNotifyInterface, again)).toBe(1);
    expect(scene.numbers('IBackgroundCopyJob::SetNotifyFlags')).toEqual([11]);
    expect(warned).not.toHaveBeenCalled();
  });

  it('hear of an error with what the new service says of it', async ({ scene, recorded }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const failed = vi.fn<(error: JobError) => void>();
    recorded.job.on('error', failed);
    await settled(recorded);
    const again = restart(scene, recorded);
    scene.tell(again.object, 'IBackgroundCopyJob::GetError', {
      steps: [writtenObject(0, errorObject(scene), 'IBackgroundCopyError')],
    });
    enter(scene, again, 'ERROR');
    await eventually(() => {
      expect(failed).toHaveBeenCalledOnce();
    });
    expect(failed.mock.calls[0]?.[0]).toBeInstanceOf(JobError);
  });

  it('wait() goes on', async ({ scene, recorded }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const waiting = awaitedLater(recorded.job.wait());
    await settled(recorded);
    const again = restart(scene, recorded);
    enter(scene, again, 'TRANSFERRED');
    await expect(waiting).resolves.toBeUndefined();
  });
});

describe('a service that dies again and again', () => {
  it.override({ options: { pollInterval: 20, callTimeout: 500 } });

  it.for(['progress comes', 'a call is answered'])(
    'and where %s in between, wait() goes on for ever',
    async (sign, { scene, recorded }) => {
      const [progress, warned] = [vi.fn(), vi.fn()];
      recorded.job.on('progress', progress);
      recorded.job.on('warning', warned);
      enter(scene, recorded, 'TRANSFERRING');
      const waiting = recorded.job.wait();
      waiting.catch(() => undefined);
      // Longer than a service that stays away is waited for.
      const end = performance.now() + 1500;
      let now = recorded;
      for (let bytes = 1; performance.now() < end; bytes++) {
        if (sign === 'progress comes') {
          move(scene, now, bytes);
          await eventually(() => {
            expect(progress).toHaveBeenLastCalledWith(moved(bytes));
          });
        } else {
          expect(await recorded.job.getState()).toBe('transferring');
        }
        const next = restart(scene, now);
        enter(scene, next, 'TRANSFERRING');
        now = next;
      }
      enter(scene, now, 'TRANSFERRED');
      await expect(waiting).resolves.toBeUndefined();
      expect(warned).not.toHaveBeenCalled();
    },
  );
});

describe('a file', () => {
  const row = 'IBackgroundCopyJob::EnumFiles';

  it('is listed again by its path', async ({ scene, recorded }) => {
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

  it('that the job does not list any more is E_NOT_SET', async ({ scene, recorded }) => {
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
