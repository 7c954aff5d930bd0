// SPDX-License-Identifier: MIT
// The stand-in's callbacks: the events that they report, and how a test can disturb them.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager, type BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { it, reach } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';
import type { HttpServer } from '../http/server.js';

// These managers learn of events only from callbacks, because the poll is too slow to matter.
const callbacksOnly = { ...standIn, pollInterval: 600_000 };

function url(server: HttpServer): string {
  return server.serve('file', { content: bytesOf(1000) });
}

function count(job: BackgroundCopyJob, name: 'transferred' | 'error') {
  const seen = { times: 0 };
  job.on(name, () => seen.times++);
  return seen;
}

describe('a callback', () => {
  it('arrives when all files are transferred', async ({ server, folder, control }) => {
    await using manager = await BackgroundCopyManager.connect(callbacksOnly);
    const job = await manager.createJob('callbacks');
    await job.addFile(url(server), join(folder, 'file.bin'));
    const end = new Promise<void>((resolve) => job.once('transferred', resolve));
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.resume();
    await end;
    // The service counts a callback when it returns, which may be after the event is emitted.
    await expect.poll(() => control.count('callbacks-told')).toBeGreaterThan(0);
  });

  it('arrives for an error, but not for a transient one', async ({ server, folder, control }) => {
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
    await expect.poll(() => control.count('callbacks-told')).toBe(told + 1);
  });

  it('can be dropped', async ({ server, folder, control }) => {
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

  it('can arrive twice', async ({ server, folder, control }) => {
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

  it('can arrive late', async ({ server, folder, control }) => {
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
