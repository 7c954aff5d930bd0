// SPDX-License-Identifier: MIT
//
// After close() every reference is released, which each scene checks at its end. These tests cover
// what might keep one.

import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { eventually, it } from './library-scene.js';
import { sinkOf } from './recorded-sink.js';
import { writtenObject } from './written.js';

const nothing = () => undefined;

describe('close() releases', () => {
  it('jobs, files, listeners, notify interfaces and waits', async ({ scene, recorded }) => {
    const file = scene.object();
    const step = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [file]);
    scene.tell(recorded.object, 'IBackgroundCopyJob::EnumFiles', { steps: [step(0)] });
    const files = await recorded.job.enumFiles();
    recorded.job.on('transferred', nothing);
    recorded.job.on('progress', nothing);
    await recorded.job.setNotifyInterface({ jobModification: nothing });
    const waiting = awaitedLater(
      expect(recorded.job.wait()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' }),
    );
    await sinkOf(scene, recorded);
    await scene.manager.close();
    await waiting;
    await eventually(() => {
      expect(scene.sinks().at(-1)).toBe(null);
      expect([recorded.object, file, scene.root].map(({ references }) => references)).toEqual([
        0, 0, 0,
      ]);
    });
    expect(files).toHaveLength(1);
  });

  it('a job that arrives afterwards', async ({ scene }) => {
    const object = scene.object();
    const row = 'IBackgroundCopyManager::GetJob';
    const steps = [writtenObject(1, object, 'IBackgroundCopyJob')];
    scene.tell(scene.root, row, { held: true, steps });
    const late = awaitedLater(scene.manager.getJob('0123abcd-4567-89ef-fedc-ba9876543210'));
    await eventually(() => {
      expect(scene.calls(row)).toHaveLength(1);
    });
    await scene.manager.close();
    scene.root.letGo();
    const job = await late;
    await expect(job.getState()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
    await eventually(() => {
      expect(object.references).toBe(0);
    });
  });
});

it('a job that is disposed of keeps the manager, and its own calls in flight', async ({
  scene,
  recorded: { object, job },
}) => {
  const row = 'IBackgroundCopyJob::Resume';
  scene.tell(object, row, { held: true });
  const resumed = awaitedLater(job.resume());
  await eventually(() => {
    expect(scene.calls(row)).toHaveLength(1);
  });
  await job[Symbol.asyncDispose]();
  await expect(job.getState()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  object.letGo();
  await resumed;
  await eventually(() => {
    expect(object.references).toBe(0);
  });
  expect(await scene.manager.getErrorDescription(0)).toBe(null);
});
