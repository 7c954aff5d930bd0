// SPDX-License-Identifier: MIT
// The notify flags of a job: listeners add the flags that they need, and the last one restores
// them. ../objects/notify.test.ts has what is left alone.

import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';

const nothing = () => undefined;
/** Transferred and error: the flags of a new job. */
const before = 3;
const modification = 8;

describe('notify flags', () => {
  it('are widened for a listener, and restored when the last one is removed', async ({ job }) => {
    expect(await job.getNotifyFlags()).toBe(before);
    job.on('modification', nothing);
    job.on('progress', nothing);
    expect(await job.getNotifyFlags()).toBe(before | modification);
    job.off('modification', nothing);
    expect(await job.getNotifyFlags()).toBe(before | modification);
    job.off('progress', nothing);
    await expect.poll(() => job.getNotifyFlags()).toBe(before);
  });

  it('are restored by the last object of the job that has listeners', async ({ manager, job }) => {
    const other = await manager.getJob(job.id);
    job.on('modification', nothing);
    other.on('modification', nothing);
    await other.getState();
    job.removeAllListeners();
    expect(await job.getNotifyFlags()).toBe(before | modification);
    await other[Symbol.asyncDispose]();
    await expect.poll(() => job.getNotifyFlags()).toBe(before);
  });

  it('are widened for a listener that replaces another in the same turn', async ({ job }) => {
    const other = () => undefined;
    job.on('modification', nothing);
    job.off('modification', nothing);
    job.on('modification', other);
    expect(await job.getNotifyFlags()).toBe(before | modification);
    job.off('modification', other);
    await expect.poll(() => job.getNotifyFlags()).toBe(before);
  });

  it('stay as the caller sets them in the turn in which a listener goes', async ({ job }) => {
    job.on('modification', nothing);
    job.off('modification', nothing);
    await job.setNotifyFlags(before | modification);
    expect(await job.getNotifyFlags()).toBe(before | modification);
  });

  it('are widened as usual after the service refused to set them', async ({ job }) => {
    await expect(job.setNotifyFlags(0xffff)).rejects.toMatchObject({ code: 'E_NOTIMPL' });
    job.on('modification', nothing);
    expect(await job.getNotifyFlags()).toBe(before | modification);
  });
});
