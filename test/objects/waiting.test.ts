// SPDX-License-Identifier: MIT
//
// wait() and watch(), driven by a service's callbacks.

import type { JobProgress } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { errorObject, wholeError } from './error-object.js';
import { it, LibraryScene } from './library-scene.js';
import { callBack, enter, move, moved, settled, sinkOf } from './recorded-sink.js';

describe('wait', () => {
  it('resolves when the service reports the transfer', async ({ scene, recorded }) => {
    enter(scene, recorded, 'TRANSFERRING');
    const waiting = awaitedLater(recorded.job.wait());
    const sink = await sinkOf(scene, recorded);
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await expect(waiting).resolves.toBeUndefined();
  });

  it("rejects with the job's error, and not with a transient one", async ({ scene, recorded }) => {
    enter(scene, recorded, 'TRANSIENT_ERROR');
    const waiting = recorded.job.wait();
    const rejected = awaitedLater(expect(waiting).rejects.toMatchObject(wholeError));
    const sink = await sinkOf(scene, recorded);
    enter(scene, recorded, 'ERROR');
    await callBack(sink, recorded, 'JobError', errorObject(scene));
    await rejected;
  });

  it.for([
    ['CANCELLED', 'cancelled'],
    ['ACKNOWLEDGED', 'completed'],
  ] as const)(
    'rejects if the job is %s by another client',
    async ([state, word], { scene, recorded }) => {
      const waiting = recorded.job.wait();
      const rejected = awaitedLater(
        expect(waiting).rejects.toMatchObject({
          code: 'DO_E_INVALID_STATE',
          message: expect.stringContaining(word) as string,
        }),
      );
      const sink = await sinkOf(scene, recorded);
      enter(scene, recorded, state);
      await callBack(sink, recorded, 'JobModification');
      await rejected;
    },
  );

  it('rejects if the state can no longer be read', async () => {
    const scene = await LibraryScene.open({ callTimeout: 200 });
    const recorded = await scene.job();
    const operation = 'IBackgroundCopyJob::GetState';
    scene.tell(recorded.object, operation, { hresult: 0x800706ba });
    await expect(recorded.job.wait()).rejects.toMatchObject({
      code: 'RPC_S_SERVER_UNAVAILABLE',
      operation,
      retryable: true,
    });
    await scene.close();
  });

  it('rejects with ERR_DOSVC_CLOSED when the manager closes', async ({ scene, recorded }) => {
    const waiting = recorded.job.wait();
    const rejected = awaitedLater(
      expect(waiting).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' }),
    );
    await sinkOf(scene, recorded);
    await scene.manager.close();
    await rejected;
  });

  it('sets its notify flags once, and leaves flags alone that have changed when it ends', async ({
    scene,
    recorded,
  }) => {
    const waiting = recorded.job.wait({ timeout: 50 });
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_DOSVC_TIMEOUT' });
    await settled(recorded);
    expect(scene.numbers('IBackgroundCopyJob::SetNotifyFlags')).toEqual([11]);
  });
});

it('watch yields the progress, until everything is transferred', async ({ scene, recorded }) => {
  move(scene, recorded, 1);
  const heard: JobProgress[] = [];
  for await (const progress of recorded.job.watch()) {
    heard.push(progress);
    const sink = await sinkOf(scene, recorded);
    if (progress.bytesTransferred < 3) move(scene, recorded, progress.bytesTransferred + 1);
    else enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobModification');
  }
  expect(heard).toEqual([1, 2, 3].map(moved));
});
