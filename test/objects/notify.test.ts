// SPDX-License-Identifier: MIT
//
// A job's notify flags and interface: listeners set what they need, and put back exactly that.

import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { hresultOf, rowAt } from '../facts/facts.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { errorObject, wholeError } from './error-object.js';
import { it, setNotifyInterface, type LibraryScene, type Recorded } from './library-scene.js';
import { callBack, enter, settled, sinkOf } from './recorded-sink.js';
import { writtenNumber, writtenObject } from './written.js';

const setFlags = 'IBackgroundCopyJob::SetNotifyFlags';
const getNotifyInterface = 'IBackgroundCopyJob::GetNotifyInterface';
const nothing = () => undefined;

/** BG_NOTIFY_FILE_TRANSFERRED: the job's flags before the first listener. */
const before = 16;
const [transferred, error, modification] = [1, 2, 8];

/** The job has these flags from now on. */
function flags(scene: LibraryScene, { object }: Recorded, value: number): void {
  scene.tell(object, 'IBackgroundCopyJob::GetNotifyFlags', { steps: [writtenNumber(0, value)] });
}

/** Another process's interface is set from now on. */
function displace(scene: LibraryScene, { object }: Recorded): void {
  const foreign = scene.object();
  const steps = [writtenObject(0, foreign, 'IUnknown')];
  scene.tell(object, getNotifyInterface, { steps });
}

describe('notify flags', () => {
  it('are widened for each event, and put back with the last listener', async ({
    scene,
    recorded,
  }) => {
    const { job } = recorded;
    flags(scene, recorded, before);
    job.on('transferred', nothing);
    job.on('transferred', vi.fn());
    job.on('error', nothing);
    job.on('progress', nothing);
    job.on('modification', nothing);
    await settled(recorded);
    const widened = [
      before | transferred,
      before | transferred | error,
      before | transferred | error | modification,
    ];
    expect(scene.numbers(setFlags)).toEqual(widened);

    flags(scene, recorded, widened.at(-1) ?? 0);
    job.removeAllListeners('error');
    job.removeAllListeners('modification');
    job.off('transferred', nothing);
    await settled(recorded);
    expect(scene.numbers(setFlags)).toEqual(widened);
    job.removeAllListeners();
    await settled(recorded);
    expect(scene.numbers(setFlags)).toEqual([...widened, before]);
  });

  it('that are wide enough are left alone', async ({ scene, recorded }) => {
    flags(scene, recorded, transferred | error);
    recorded.job.on('transferred', nothing);
    recorded.job.on('error', nothing);
    recorded.job.removeAllListeners();
    await settled(recorded);
    expect(scene.numbers(setFlags)).toEqual([]);
  });

  it('that another process changed are left alone', async ({ scene, recorded }) => {
    flags(scene, recorded, before);
    recorded.job.on('transferred', nothing);
    await settled(recorded);
    flags(scene, recorded, error);
    recorded.job.removeAllListeners();
    await settled(recorded);
    expect(scene.numbers(setFlags)).toEqual([before | transferred]);
  });

  it('are also put back when the job is disposed of', async ({ scene, recorded }) => {
    flags(scene, recorded, before);
    const other = await scene.again(recorded.object, recorded.job.id);
    other.on('error', nothing);
    await settled(recorded);
    flags(scene, recorded, before | error);
    await other[Symbol.asyncDispose]();
    await settled(recorded);
    expect(scene.numbers(setFlags)).toEqual([before | error, before]);
  });

  describe('set by hand', () => {
    it('are not touched by later listeners', async ({ scene, recorded }) => {
      const other = await scene.again(recorded.object, recorded.job.id);
      await recorded.job.setNotifyFlags(error);
      flags(scene, recorded, error);
      recorded.job.on('transferred', nothing);
      other.on('modification', nothing);
      void other.wait({ timeout: 1 }).catch(nothing);
      await settled(recorded);
      recorded.job.removeAllListeners();
      other.removeAllListeners();
      await settled(recorded);
      recorded.job.on('error', nothing);
      await settled(recorded);
      expect(scene.numbers(setFlags)).toEqual([error]);
    });

    it.for([error, before | transferred])(
      'to %i are not put back by earlier listeners',
      async (byHand, { scene, recorded }) => {
        flags(scene, recorded, before);
        recorded.job.on('transferred', nothing);
        await recorded.job.setNotifyFlags(byHand);
        flags(scene, recorded, byHand);
        recorded.job.on('modification', nothing);
        await settled(recorded);
        recorded.job.removeAllListeners();
        await settled(recorded);
        expect(scene.numbers(setFlags)).toEqual([before | transferred, byHand]);
      },
    );

    it('are not put back by an earlier wait', async ({ scene, recorded }) => {
      flags(scene, recorded, before);
      const controller = new AbortController();
      const waiting = recorded.job.wait({ signal: controller.signal });
      const aborted = awaitedLater(expect(waiting).rejects.toMatchObject({ code: 'ABORT_ERR' }));
      const byHand = before | transferred | error | modification;
      await recorded.job.setNotifyFlags(byHand);
      flags(scene, recorded, byHand);
      await settled(recorded);
      controller.abort();
      await aborted;
      await settled(recorded);
      expect(scene.numbers(setFlags)).toEqual([byHand, byHand]);
    });
  });
});

describe('the interface of listeners', () => {
  it('is withdrawn with the last one', async ({ scene, recorded }) => {
    recorded.job.on('transferred', nothing);
    recorded.job.on('error', nothing);
    const sink = await sinkOf(scene, recorded);
    recorded.job.removeAllListeners('error');
    await settled(recorded);
    expect(scene.sinks()).toEqual([sink]);
    recorded.job.removeAllListeners('transferred');
    await settled(recorded);
    expect(scene.sinks()).toEqual([sink, null]);
  });

  it('is set again for a later listener', async ({ scene, recorded }) => {
    recorded.job.on('transferred', nothing);
    await sinkOf(scene, recorded);
    recorded.job.off('transferred', nothing);
    const heard = vi.fn();
    recorded.job.on('transferred', heard);
    const sink = await sinkOf(scene, recorded);
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(heard).toHaveBeenCalledOnce();
  });

  it.for(['foreign', 'none', 'unknown'] as const)(
    'is not withdrawn if the interface that is set is %s',
    async (what, { scene, recorded }) => {
      recorded.job.on('transferred', nothing);
      await sinkOf(scene, recorded);
      if (what === 'foreign') displace(scene, recorded);
      const hresult = what === 'unknown' ? hresultOf('E_NOTIMPL') : 0;
      if (what !== 'foreign') scene.tell(recorded.object, getNotifyInterface, { hresult });
      recorded.job.removeAllListeners();
      await settled(recorded);
      expect(scene.calls(getNotifyInterface)).toHaveLength(1);
      expect(scene.sinks()).not.toContain(null);
    },
  );
});

// Then BITS does not start the program of setNotifyCmdLine():
// https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-setnotifycmdline
describe('the service has an interface, whose methods succeed,', () => {
  type Listen = (job: BackgroundCopyJob, signal: AbortSignal) => unknown;
  const listening: [string, Listen][] = [
    [
      'a listener',
      (job, signal) => {
        job.on('progress', nothing);
        signal.addEventListener('abort', () => job.removeAllListeners());
      },
    ],
    [
      'functions',
      (job, signal) => {
        signal.addEventListener('abort', () => void job.setNotifyInterface(null));
        return job.setNotifyInterface({ jobModification: nothing });
      },
    ],
    ['a wait()', (job, signal) => job.wait({ signal }).catch(nothing)],
  ];
  it.for(listening)('as long as the job has %s', async ([, listen], { scene, recorded }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const controller = new AbortController();
    void listen(recorded.job, controller.signal);
    const sink = await sinkOf(scene, recorded);
    // They succeed whatever JavaScript does.
    expect(sink.callNow(rowAt('IBackgroundCopyCallback::JobTransferred'), [0])).toBe(0);
    expect(sink.callNow(rowAt('IBackgroundCopyCallback::JobError'), [0, 0])).toBe(0);
    controller.abort();
    await settled(recorded);
    expect(scene.sinks().at(-1)).toBeNull();
  });
});

describe('setNotifyInterface', () => {
  it('sets functions, which get the job and the error', async ({ scene, recorded }) => {
    const callback = { jobTransferred: vi.fn(), jobError: vi.fn(), jobModification: vi.fn() };
    await recorded.job.setNotifyInterface(callback);
    const sink = await sinkOf(scene, recorded);
    expect(await recorded.job.getNotifyInterface()).toBe(callback);
    enter(scene, recorded, 'ERROR');
    const failed = errorObject(scene);
    for (let i = 0; i < 2; ++i) await callBack(sink, recorded, 'JobError', failed);
    await settled(recorded);
    enter(scene, recorded, 'TRANSFERRED');
    for (let i = 0; i < 2; ++i) await callBack(sink, recorded, 'JobTransferred');
    await callBack(sink, recorded, 'JobModification');
    await settled(recorded);
    expect(callback.jobTransferred).toHaveBeenCalledExactlyOnceWith(recorded.job);
    expect(callback.jobModification).toHaveBeenCalledExactlyOnceWith(recorded.job);
    expect(callback.jobError).toHaveBeenCalledOnce();
    expect(callback.jobError.mock.lastCall).toMatchObject([{ id: recorded.job.id }, wholeError]);
  });

  it('and listeners do not displace one another', async ({ scene, recorded }) => {
    const [callback, heard, later] = [{ jobTransferred: vi.fn() }, vi.fn(), vi.fn()];
    const other = await scene.again(recorded.object, recorded.job.id);
    const times = () => [heard, later, callback.jobTransferred].map((one) => one.mock.calls.length);
    recorded.job.on('transferred', heard);
    await sinkOf(scene, recorded);
    expect(await recorded.job.getNotifyInterface()).toBe(null);
    await recorded.job.setNotifyInterface(callback);
    other.on('transferred', later);
    const sink = await sinkOf(scene, recorded);
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(times()).toEqual([1, 1, 1]);

    await recorded.job.setNotifyInterface(null);
    expect(scene.sinks()).not.toContain(null);
    enter(scene, recorded, 'QUEUED');
    await callBack(sink, recorded, 'JobModification');
    await settled(recorded);
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(times()).toEqual([2, 2, 1]);
  });

  it('with null leaves the callbacks of a wait', async ({ scene, recorded }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const waiting = awaitedLater(recorded.job.wait());
    const sink = await sinkOf(scene, recorded);
    await recorded.job.setNotifyInterface({ jobTransferred: nothing });
    await recorded.job.setNotifyInterface(null);
    expect(scene.sinks()).not.toContain(null);
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await waiting;
  });

  it('with null withdraws whatever is set', async ({ scene, recorded }) => {
    displace(scene, recorded);
    expect(await recorded.job.getNotifyInterface()).toEqual({ foreign: true });
    await recorded.job.setNotifyInterface(null);
    expect(scene.sinks()).toEqual([null]);
  });

  it('rejects if the service refuses, and keeps nothing', async ({ scene, recorded }) => {
    scene.tell(recorded.object, setNotifyInterface, { hresult: hresultOf('E_ACCESSDENIED') });
    await expect(
      recorded.job.setNotifyInterface({ jobTransferred: nothing }),
    ).rejects.toMatchObject({ code: 'E_ACCESSDENIED', operation: setNotifyInterface });
    expect(await recorded.job.getNotifyInterface()).toBe(null);
  });

  it('refuses an object without any of the functions before anything is sent', async ({
    scene,
    recorded,
  }) => {
    const before = scene.calls().length;
    for (const bad of [{}, { jobTransfered: nothing }]) {
      await expect(recorded.job.setNotifyInterface(bad as never)).rejects.toMatchObject({
        name: 'TypeError',
        code: 'ERR_INVALID_ARG_VALUE',
        message: expect.stringContaining("'callback'") as string,
      });
    }
    expect(scene.calls()).toHaveLength(before);
  });
});

describe('an interface whose client is gone', () => {
  const gone = ['CO_E_OBJNOTCONNECTED', 'RPC_E_DISCONNECTED'] as const;

  it.for(gone)(
    'counts as none while the job can be read: %s',
    async (code, { scene, recorded }) => {
      const { job, object } = recorded;
      scene.tell(object, getNotifyInterface, { hresult: hresultOf(code) });
      expect(await job.getNotifyInterface()).toBeNull();
      await job.setNotifyInterface(null);
      expect(scene.calls(getNotifyInterface)).toHaveLength(2);
      // It may be that of another process, on a job that goes on.
      expect(scene.sinks()).toEqual([null]);
    },
  );
});
