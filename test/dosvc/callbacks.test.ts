// SPDX-License-Identifier: MIT
// The callbacks of the stand-in: what is told, and what a test can make of it.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager, type BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { it, reach } from './fixtures.js';
import { standIn } from './installation.js';
import { bytesOf, type RangeServer } from './transfer/range-server.js';

// Nothing but callbacks tells these managers anything.
const callbacksOnly = { ...standIn, pollInterval: 600_000 };

function url(server: RangeServer): string {
  return server.serve('file', { content: bytesOf(1000) });
}

function count(job: BackgroundCopyJob, name: 'transferred' | 'error') {
  const seen = { times: 0 };
  job.on(name, () => seen.times++);
  return seen;
}

describe('a callback', () => {
  it('comes when all is transferred', async ({ server, folder, control }) => {
    await using manager = await BackgroundCopyManager.connect(callbacksOnly);
    const job = await manager.createJob('callbacks');
    await job.addFile(url(server), join(folder, 'file.bin'));
    const end = new Promise<void>((resolve) => job.once('transferred', resolve));
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.resume();
    await end;
    expect(await control.count('callbacks-told')).toBeGreaterThan(0);
  });

  it('comes for an error, and not for a transient one', async ({ server, folder, control }) => {
    await using manager = await BackgroundCopyManager.connect(callbacksOnly);
    const job = await manager.createJob('callbacks');
    const errors = count(job, 'error');
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.setNotifyFlags(2);
    const told = await control.count('callbacks-told');
    await control.setSwitch('network-lost', 1);
    await job.addFile(url(server), join(folder, 'file.bin'));
    await job.resume();
    await reach(job, 'transient-error');
    await sleep(200);
    expect(await control.count('callbacks-told')).toBe(told);
    expect(errors.times).toBe(0);

    await job.suspend();
    await control.setSwitch('network-lost', 0);
    await control.setSwitch('refused', 0x80d03002);
    await job.resume();
    await expect.poll(() => errors.times).toBe(1);
    expect(await control.count('callbacks-told')).toBe(told + 1);
  });

  it('is lost', async ({ server, folder, control }) => {
    await using manager = await BackgroundCopyManager.connect(callbacksOnly);
    const job = await manager.createJob('callbacks');
    const ends = count(job, 'transferred');
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.setNotifyFlags(1);
    const told = await control.count('callbacks-told');
    await control.setSwitch('drop-callbacks', 1);
    await job.addFile(url(server), join(folder, 'file.bin'));
    await job.resume();
    await reach(job, 'transferred');
    await sleep(200);
    expect(ends.times).toBe(0);
    expect(await control.count('callbacks-told')).toBe(told);
  });

  it('comes twice', async ({ server, folder, control }) => {
    await using manager = await BackgroundCopyManager.connect(callbacksOnly);
    const job = await manager.createJob('callbacks');
    count(job, 'transferred');
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.setNotifyFlags(1);
    const told = await control.count('callbacks-told');
    await control.setSwitch('double-callbacks', 1);
    await job.addFile(url(server), join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => control.count('callbacks-told')).toBe(told + 2);
  });

  it('comes late', async ({ server, folder, control }) => {
    await using manager = await BackgroundCopyManager.connect(callbacksOnly);
    const job = await manager.createJob('callbacks');
    const ends = count(job, 'transferred');
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.setNotifyFlags(1);
    await control.setSwitch('late-callbacks', 1500);
    await job.addFile(url(server), join(folder, 'file.bin'));
    await job.resume();
    await reach(job, 'transferred');
    expect(ends.times).toBe(0);
    await expect.poll(() => ends.times).toBe(1);
  });
});
