// SPDX-License-Identifier: MIT
//
// Listeners and waits on a service that stopped and was restarted, once or many times.

import { JobError } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { errorObject } from './error-object.js';
import { eventually, it, setNotifyInterface } from './library-scene.js';
import { enter, move, moved, settled } from './recorded-sink.js';
import { callsOf, getState, restart } from './restart.js';
import { writtenNumber, writtenObject } from './written.js';

describe('listeners', () => {
  it.override({ options: { pollInterval: 20 } });

  it('hear what they missed, once, and their interface is set again', async ({
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

  it('that join while the service is away get their interface and flags once it is back', async ({
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

  it('get an error with the details that the restarted service has', async ({
    scene,
    recorded,
  }) => {
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

  it('of a wait() survive the restart', async ({ scene, recorded }) => {
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
    'does not end a wait() if %s in between',
    async (sign, { scene, recorded }) => {
      const [progress, warned] = [vi.fn(), vi.fn()];
      recorded.job.on('progress', progress);
      recorded.job.on('warning', warned);
      enter(scene, recorded, 'TRANSFERRING');
      const waiting = recorded.job.wait();
      waiting.catch(() => undefined);
      // Longer than the library waits for a service that stays away.
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
