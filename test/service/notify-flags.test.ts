// SPDX-License-Identifier: MIT
// The notify flags of a job: widened for what is listened to, and put back.

import { describe, expect } from 'vitest';
import { it, looked } from './fixtures.js';
import { binding } from './raw-binding.js';
import { raw } from './raw-job.js';

const nothing = () => undefined;
/** Transferred and error: those that a new job has. */
const before = 3;
const modification = 8;

describe('notify flags', () => {
  it('are widened for a listener, and put back when the last one goes', async ({ job }) => {
    expect(await job.getNotifyFlags()).toBe(before);
    job.on('modification', nothing);
    job.on('progress', nothing);
    expect(await job.getNotifyFlags()).toBe(before | modification);
    job.off('modification', nothing);
    expect(await job.getNotifyFlags()).toBe(before | modification);
    job.off('progress', nothing);
    await expect.poll(() => job.getNotifyFlags()).toBe(before);
  });

  it('are put back by the last of all objects of the job', async ({ manager, job }) => {
    const other = await manager.getJob(job.id);
    job.on('modification', nothing);
    other.on('modification', nothing);
    await other.getState();
    job.removeAllListeners();
    expect(await job.getNotifyFlags()).toBe(before | modification);
    await other[Symbol.asyncDispose]();
    await expect.poll(() => job.getNotifyFlags()).toBe(before);
  });

  it('are widened by what they lack alone', async ({ job }) => {
    // Not by the library, which leaves alone what was set by hand.
    await raw(job.id, 'SetNotifyFlags', modification);
    job.on('error', nothing);
    expect(await job.getNotifyFlags()).toBe(modification | 2);
    job.on('transferred', nothing);
    expect(await job.getNotifyFlags()).toBe(modification | 2 | 1);
    job.removeAllListeners();
    await expect.poll(() => job.getNotifyFlags()).toBe(modification);
  });

  it('are left alone by listeners after they were set by hand', async ({ manager, job }) => {
    await job.setNotifyFlags(2);
    job.on('transferred', nothing);
    job.on('modification', nothing);
    await looked(manager, job);
    expect(await job.getNotifyFlags()).toBe(2);
    job.removeAllListeners();
    await expect.poll(() => binding.counters().objects).toBe(2);
    expect(await job.getNotifyFlags()).toBe(2);
  });

  it('are not put back where they were set by hand beside a listener', async ({ job }) => {
    job.on('modification', nothing);
    // The same as the listener made them, and others.
    for (const flags of [before | modification, 1]) {
      await job.setNotifyFlags(flags);
      job.removeAllListeners();
      await expect.poll(() => binding.counters().objects).toBe(2);
      expect(await job.getNotifyFlags()).toBe(flags);
      job.on('modification', nothing);
      expect(await job.getNotifyFlags()).toBe(flags);
    }
  });

  it('are left alone where setting them was refused', async ({ job }) => {
    await expect(job.setNotifyFlags(0xffff)).rejects.toMatchObject({ code: 'E_NOTIMPL' });
    job.on('modification', nothing);
    expect(await job.getNotifyFlags()).toBe(before | modification);
  });
});
