// SPDX-License-Identifier: MIT
//
// Calls that the service does not answer, and their effect on other calls.

import type { BackgroundCopyJob } from 'dosvc';
import { afterEach, describe, expect } from 'vitest';
import type { RecordedObject } from '../recorder/recorder.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { binding, eventually, it, type LibraryScene } from './library-scene.js';
import { writtenObject, writtenText } from './written.js';

const timedOut = { name: 'DosvcError', code: 'ERR_DOSVC_CALL_TIMEOUT', hresult: undefined };

const id = '0123abcd-4567-89ef-fedc-ba9876543210';

const hung: RecordedObject[] = [];

afterEach(() => {
  for (const object of hung.splice(0)) object.letGo();
});

/** From now on the method hangs. */
function hold(scene: LibraryScene, object: RecordedObject, row: string): void {
  scene.tell(object, row, { held: true });
  hung.push(object);
}

/** Resolves when the service has received this many calls of the method. */
async function arrived(scene: LibraryScene, row: string, count = 1): Promise<void> {
  await eventually(() => {
    expect(scene.calls(row)).toHaveLength(count);
  });
}

describe('past its deadline', () => {
  it.override({ options: { callTimeout: 1000 } });

  it('a call may have run, and a call behind it has not', async ({ scene, recorded }) => {
    const { object, job } = recorded;
    const row = 'IBackgroundCopyJob::Resume';
    hold(scene, object, row);
    const [first, second] = [job.resume(), job.complete()];
    const behind = awaitedLater(
      expect(second).rejects.toMatchObject({
        ...timedOut,
        operation: 'IBackgroundCopyJob::Complete',
        mayHaveRun: false,
        retryable: true,
      }),
    );
    await expect(first).rejects.toMatchObject({
      ...timedOut,
      operation: row,
      mayHaveRun: true,
      retryable: false,
    });
    await behind;
    object.letGo();
    expect(await job.getState()).toBe('queued');
    expect(scene.calls('IBackgroundCopyJob::Complete')).toEqual([]);
  });

  it('a read may be repeated, and its late result is released', async ({ scene }) => {
    const jobs = [await scene.job(), await scene.job()];
    const [text, several] = jobs;
    if (!text || !several) throw new Error('no jobs');
    const getOwner = 'IBackgroundCopyJob::GetOwner';
    for (const { object } of jobs) {
      scene.tell(object, getOwner, { held: true, steps: [writtenText(0, 'nobody reads it')] });
    }
    const getJob = 'IBackgroundCopyManager::GetJob';
    const steps = [writtenObject(1, scene.object(), 'IBackgroundCopyJob')];
    scene.tell(scene.root, getJob, { held: true, steps });
    hung.push(scene.root, text.object, several.object);
    const may = { ...timedOut, mayHaveRun: true, retryable: true };
    await Promise.all([
      expect(text.job.getOwner()).rejects.toMatchObject({ ...may, operation: getOwner }),
      expect(several.job.snapshot()).rejects.toMatchObject(may),
      expect(scene.manager.getJob(id)).rejects.toMatchObject({ ...may, operation: getJob }),
    ]);
    // The scene checks at its end that the late results were released.
    for (const object of hung) object.letGo();
  });
});

describe('beside calls that hang', () => {
  it('on 24 objects, another object is served', async ({ scene }) => {
    const row = 'IBackgroundCopyJob::Resume';
    const calls: Promise<void>[] = [];
    const { job } = await scene.job();
    for (let i = 0; i < 24; ++i) {
      const other = await scene.job();
      hold(scene, other.object, row);
      calls.push(awaitedLater(other.job.resume()));
    }
    await arrived(scene, row, calls.length);
    expect(await job.getState()).toBe('queued');
    expect(await scene.manager.getErrorDescription(0)).toBe(null);
    for (const object of hung) object.letGo();
    await Promise.all(calls);
  });

  it.for([
    ['Cancel', (job: BackgroundCopyJob) => job.cancel(), { code: 'S_OK', hresult: 0 }],
    ['Suspend', (job: BackgroundCopyJob) => job.suspend(), undefined],
  ] as const)('%s overtakes', async ([name, call, result], { scene, recorded }) => {
    const { object, job } = recorded;
    const row = 'IBackgroundCopyJob::Resume';
    hold(scene, object, row);
    const resumed = awaitedLater(job.resume());
    await arrived(scene, row);
    await eventually(() => {
      expect(binding.counters().lent).toBeGreaterThan(0);
    });
    const waiting = awaitedLater(job.getId());
    expect(await call(job)).toEqual(result);
    expect(scene.calls(`IBackgroundCopyJob::${name}`)).toHaveLength(1);
    object.letGo();
    await Promise.all([resumed, waiting]);
  });
});
