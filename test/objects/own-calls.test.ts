// SPDX-License-Identifier: MIT
//
// What a call of this environment that changes the state means to those who wait in it, if the service
// neither calls back nor is polled.

import { describe, expect, vi } from 'vitest';
import { rowAt } from '../facts/facts.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { it as itOfDownloads } from './download-scene.js';
import { errorObject, wholeError } from './error-object.js';
import { it } from './library-scene.js';
import { enter, settled } from './recorded-sink.js';
import { writtenObject } from './written.js';

const invalidState = { code: 'DO_E_INVALID_STATE' };

describe('the call of this environment that ends', () => {
  it.for([
    ['cancel', 'CANCELLED'],
    ['complete', 'ACKNOWLEDGED'],
  ] as const)('a job wakes who waits: %s', async ([end, state], { scene, recorded }) => {
    const rejected = awaitedLater(expect(recorded.job.wait()).rejects.toMatchObject(invalidState));
    await settled(recorded);
    enter(scene, recorded, state);
    await recorded.job[end]();
    await rejected;
  });

  itOfDownloads.for([
    ['abort', 'Aborted'],
    ['finalize', 'Finalized'],
  ] as const)('a download wakes who waits: %s', async ([end, state], { scene }) => {
    const { object, download } = await scene.create();
    const rejected = awaitedLater(expect(download.wait()).rejects.toMatchObject(invalidState));
    await download.getStatus();
    scene.enter(object, { state });
    await download[end]();
    await rejected;
  });
});

describe('a service that starts later than it answers', () => {
  it('a job: does not report its error from before the start', async ({ scene, recorded }) => {
    const { job, object } = recorded;
    const error = [writtenObject(0, errorObject(scene), 'IBackgroundCopyError')];
    scene.tell(object, 'IBackgroundCopyJob::GetError', { steps: error });
    enter(scene, recorded, 'ERROR');
    const heard = vi.fn();
    job.on('error', heard);
    await expect(job.wait()).rejects.toMatchObject(wholeError);

    await job.resume();
    const again = awaitedLater(expect(job.wait()).rejects.toMatchObject(wholeError));
    await settled(recorded);
    expect(heard).toHaveBeenCalledTimes(1);
    // Each of these calls causes a look.
    enter(scene, recorded, 'CONNECTING');
    await job.suspend();
    await settled(recorded);
    enter(scene, recorded, 'ERROR');
    await job.resume();
    await again;
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('a job: a timeout still says what the service reports', async ({ scene, recorded }) => {
    const { job, object } = recorded;
    const error = [writtenObject(0, errorObject(scene), 'IBackgroundCopyError')];
    scene.tell(object, 'IBackgroundCopyJob::GetError', { steps: error });
    enter(scene, recorded, 'ERROR');
    await expect(job.wait()).rejects.toMatchObject(wholeError);
    await job.resume();
    await expect(job.wait({ timeout: 500 })).rejects.toMatchObject({
      code: 'ERR_DOSVC_TIMEOUT',
      message: expect.stringContaining("Last seen in the state 'error'") as string,
      cause: wholeError,
    });
  });

  it('a job that was never read: its state is read in the hop of resume()', async ({
    scene,
    recorded,
  }) => {
    const { job } = recorded;
    enter(scene, recorded, 'ERROR');
    const rows = () => scene.calls().map(({ slot }) => slot);
    const before = rows().length;
    await job.resume();
    const names = ['GetState', 'GetProgress', 'Resume'];
    expect(rows().slice(before)).toEqual(
      names.map((name) => rowAt(`IBackgroundCopyJob::${name}`).slot),
    );
    const done = vi.fn();
    const waiting = awaitedLater(job.wait().then(done, done));
    await settled(recorded);
    expect(done).not.toHaveBeenCalled();
    await job.resume();
    expect(scene.calls('IBackgroundCopyJob::Resume')).toHaveLength(2);
    await job[Symbol.asyncDispose]();
    await waiting;
  });

  itOfDownloads('a download: does not report its ranges from before', async ({ scene }) => {
    const { object, download } = await scene.create();
    scene.enter(object, { state: 'Transferred', transferred: 9 });
    await download.wait();
    await download.start([{ offset: 20, length: 3 }]);
    const done = vi.fn();
    const waiting = awaitedLater(download.wait().then(done));
    await download.getProperty('id');
    await download.getProperty('id');
    expect(done).not.toHaveBeenCalled();
    scene.enter(object, { state: 'Transferred', transferred: 12 });
    await waiting;
    expect(done).toHaveBeenCalledTimes(1);
  });

  itOfDownloads(
    'a download: reports a transfer that a start cannot continue',
    async ({ scene }) => {
      const { object, download } = await scene.create();
      scene.enter(object, { state: 'Transferred', transferred: 9 });
      await download.wait();
      await download.start();
      await expect(download.wait()).resolves.toBeUndefined();
    },
  );
});
