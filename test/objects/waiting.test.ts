// SPDX-License-Identifier: MIT
//
// wait() and watch(), driven by a service's callbacks.

import type { JobProgress } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { it as itOfDownloads } from './download-scene.js';
import { errorObject, wholeError } from './error-object.js';
import { it, LibraryScene } from './library-scene.js';
import { callBack, enter, move, moved, settled, sinkOf } from './recorded-sink.js';
import { writtenNumber, writtenObject } from './written.js';

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

it('a limit has the state of a job and of a download, and the error of the moment', async ({
  scene,
  recorded,
}) => {
  const suspended = await scene.job();
  enter(scene, suspended, 'SUSPENDED');
  enter(scene, recorded, 'TRANSIENT_ERROR');
  scene.tell(recorded.object, 'IBackgroundCopyJob::GetError', {
    steps: [writtenObject(0, errorObject(scene), 'IBackgroundCopyError')],
  });
  const message = (text: string) => expect.stringContaining(text) as string;
  await Promise.all([
    expect(suspended.job.wait({ timeout: 1000 })).rejects.toMatchObject({
      message: message('It is suspended: resume() starts it.'),
    }),
    expect(recorded.job.wait({ stallTimeout: 1000 })).rejects.toMatchObject({
      message: message("Last seen in the state 'transient-error', it continues"),
      cause: wholeError,
    }),
  ]);
});

it('a limit has the latest error, even if nothing else has changed', async ({
  scene,
  recorded,
}) => {
  enter(scene, recorded, 'TRANSIENT_ERROR');
  const error = errorObject(scene);
  scene.tell(recorded.object, 'IBackgroundCopyJob::GetError', {
    steps: [writtenObject(0, error, 'IBackgroundCopyError')],
  });
  const ended = awaitedLater(
    expect(recorded.job.wait({ timeout: 1000 })).rejects.toMatchObject({
      cause: { code: 'ERROR_WINHTTP_CANNOT_CONNECT' },
    }),
  );
  const sink = await sinkOf(scene, recorded);
  await settled(recorded);
  scene.tell(error, 'IBackgroundCopyError::GetError', {
    steps: [writtenNumber(0, 0), writtenNumber(1, 0x80072efd)],
  });
  await callBack(sink, recorded, 'JobError', error);
  await ended;
});

it('a limit says that the service is gone', async ({ scene, recorded: { object, job } }) => {
  scene.tell(object, 'IBackgroundCopyJob::GetState', { hresult: 0x800706ba });
  await expect(job.wait({ timeout: 1000 })).rejects.toMatchObject({
    code: 'ERR_DOSVC_TIMEOUT',
    message: expect.stringContaining('cannot be read: RPC_S_SERVER_UNAVAILABLE.') as string,
    cause: { code: 'RPC_S_SERVER_UNAVAILABLE' },
  });
});

itOfDownloads('a limit says that a download waits for start()', async ({ scene }) => {
  const { download } = await scene.create();
  await expect(download.wait({ timeout: 1000 })).rejects.toMatchObject({
    message: expect.stringContaining('It is created: start() starts it.') as string,
  });
});

it('an error has the frames of those who wait', async ({ scene, recorded: { job } }) => {
  async function waitsForTheJob(): Promise<void> {
    await job.wait({ timeout: 50 });
  }
  async function iteratesOverTheJob(): Promise<void> {
    for await (const { bytesTransferred } of job.watch()) {
      expect(bytesTransferred).toBe(0);
      await scene.manager.close();
    }
  }
  for (const waits of [waitsForTheJob, iteratesOverTheJob]) {
    const error: unknown = await waits().catch((reason: unknown) => reason);
    const { name, message, stack } = error as Error;
    expect(stack?.split('\n')[0]).toBe(`${name}: ${message}`);
    expect(stack).toMatch(new RegExp(`^    at (async )?${waits.name} `, 'm'));
  }
});

it('bytes that arrive again and again are a stall', async ({ scene, recorded }) => {
  enter(scene, recorded, 'TRANSFERRING');
  let [over, bytes] = [false, 0];
  const stalled = expect(recorded.job.wait({ stallTimeout: 200 })).rejects.toMatchObject({
    code: 'ERR_DOSVC_STALLED',
  });
  const watched = awaitedLater(
    stalled.finally(() => {
      over = true;
    }),
  );
  const sink = await sinkOf(scene, recorded);
  while (!over) {
    bytes = (bytes + 1) % 3;
    move(scene, recorded, bytes);
    await callBack(sink, recorded, 'JobModification');
  }
  await watched;
});

it('a process that was suspended looks at the job before it reports a stall', async ({
  scene,
  recorded,
}) => {
  move(scene, recorded, 1);
  const heard: number[] = [];
  const watch = async () => {
    for await (const { bytesTransferred } of recorded.job.watch({ stallTimeout: 1000 })) {
      heard.push(bytesTransferred);
    }
  };
  const stalled = awaitedLater(
    expect(watch()).rejects.toMatchObject({ code: 'ERR_DOSVC_STALLED' }),
  );
  await expect.poll(() => heard).toEqual([1]);
  move(scene, recorded, 2);
  // Nothing runs here for longer than the limit, although bytes arrive.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
  await stalled;
  expect(heard).toEqual([1, 2]);
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
