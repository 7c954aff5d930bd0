// SPDX-License-Identifier: MIT
// A listener of a job, and a caller that waits for it, learn of every event once, including events
// that happened while the service was dead.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackgroundCopyManager, type BackgroundCopyJob, type JobProgress } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { Control } from '../stand-in/client/control.js';
import { killService } from '../stand-in/client/death.js';
import { begin, it, reach, slowly } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';

/** Milliseconds in which the service cannot be activated, so that some attempts to reconnect fail. */
const pauses = [0, 500];
// These managers learn of events only from callbacks and calls.
const callbacksOnly = { ...standIn, pollInterval: 600_000 };

/** Records the events of a job, in order. */
function record(job: BackgroundCopyJob): string[] {
  const heard: string[] = [];
  job.on('transferred', () => heard.push('transferred'));
  job.on('error', ({ code }) => heard.push(code));
  job.on('warning', ({ code }) => heard.push(code));
  return heard;
}

describe('through deaths of the service', () => {
  it.for(pauses)('wait() continues (%i ms down each)', async (pause, { folder, job, server }) => {
    const served = slowly(1_000_000);
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', served), path);
    const heard = record(job);
    const waiting = awaitedLater(job.wait());
    await job.resume();
    for (let kills = 0; kills < 3; kills++) {
      await begin(job);
      await killService(pause);
    }
    server.hurry();
    await waiting;
    expect(await job.getState()).toBe('transferred');
    await expect.poll(() => heard).toEqual(['transferred']);
    await job.wait();
    expect(await job.complete()).toMatchObject({ code: 'S_OK' });
    expect(readFileSync(path).equals(served.content)).toBe(true);
    expect(heard).toEqual(['transferred']);
  });

  it.for(pauses)('watch() continues (%i ms down each)', async (pause, { folder, job, server }) => {
    const served = slowly(1_000_000);
    await job.addFile(server.serve('file', served), join(folder, 'file.bin'));
    await job.resume();
    const seen: JobProgress[] = [];
    let [kills, before] = [0, 0];
    for await (const progress of job.watch()) {
      seen.push(progress);
      if (kills < 3 && progress.bytesTransferred > before) {
        before = progress.bytesTransferred;
        kills++;
        await killService(pause);
        if (kills === 3) server.hurry();
      }
    }
    expect(kills).toBe(3);
    expect(seen.at(-1)).toMatchObject({ bytesTransferred: 1_000_000, filesTransferred: 1 });
  });

  it('a transfer is not emitted again', async ({ folder, job, server }) => {
    await job.addFile(server.serve('file', { content: bytesOf(1000) }), join(folder, 'file.bin'));
    const heard = record(job);
    let modifications = 0;
    job.on('modification', () => modifications++);
    await job.resume();
    await expect.poll(() => heard).toEqual(['transferred']);
    for (const pause of pauses) {
      await killService(pause);
      await job.getState();
      // The service's callbacks resume, without older events.
      const before = modifications;
      await job.setNoProgressTimeout(60);
      await expect.poll(() => modifications).toBeGreaterThan(before);
    }
    expect(heard).toEqual(['transferred']);
  });

  it('a second transfer is emitted as another event', async ({ folder, job, server }) => {
    const url = server.serve('file', { content: bytesOf(1000) });
    await job.addFile(url, join(folder, 'one.bin'));
    const heard = record(job);
    await job.resume();
    await expect.poll(() => heard).toEqual(['transferred']);
    await killService();
    await job.addFile(url, join(folder, 'two.bin')).catch(() => undefined);
    if ((await job.getProgress()).filesTotal === 1) await job.addFile(url, join(folder, 'two.bin'));
    await job.resume();
    await expect.poll(() => heard).toEqual(['transferred', 'transferred']);
  });

  it('an error is emitted once', async ({ folder, job, server }) => {
    const statuses = Array.from({ length: 20 }, () => 404);
    const url = server.serve('file', { content: bytesOf(10), statuses });
    await job.addFile(url, join(folder, 'file.bin'));
    const heard = record(job);
    let modifications = 0;
    job.on('modification', () => modifications++);
    await job.resume();
    await expect.poll(() => heard).toHaveLength(1);
    const [code] = heard;
    expect((await job.getError()).code).toBe(code);
    await killService();
    await job.getState();
    const before = modifications;
    await job.setNoProgressTimeout(60);
    await expect.poll(() => modifications).toBeGreaterThan(before);
    expect((await job.getError()).code).toBe(code);
    expect(heard).toEqual([code]);
  });
});

describe('after the death of the service', () => {
  it('callbacks resume with the first call', async ({ folder, server }) => {
    await using manager = await BackgroundCopyManager.connect(callbacksOnly);
    const job = await manager.createJob('callbacks');
    await job.addFile(server.serve('file', slowly(100_000)), join(folder, 'file.bin'));
    const heard = record(job);
    const modified = new Promise((resolve) => job.once('modification', resolve));
    await killService();
    const control = await Control.connect();
    expect(await control.count('callbacks-held')).toBe(0);
    await job.getState();
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.resume();
    await modified;
    server.hurry();
    await expect.poll(() => heard).toEqual(['transferred']);
    control.close();
  });

  it('callbacks resume without a call, through the poll', async ({ folder, job, server }) => {
    await job.addFile(server.serve('file', { content: bytesOf(1000) }), join(folder, 'file.bin'));
    const heard = record(job);
    await killService();
    const control = await Control.connect();
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    control.close();
    await job.resume();
    await expect.poll(() => heard).toEqual(['transferred']);
  });

  it('functions of a notify interface are called again', async ({ folder, job, server }) => {
    await job.addFile(server.serve('file', { content: bytesOf(1000) }), join(folder, 'file.bin'));
    const told: unknown[] = [];
    const callback = { jobTransferred: (of: BackgroundCopyJob) => told.push(of) };
    await job.setNotifyInterface(callback);
    await killService();
    await expect.poll(() => job.getNotifyInterface()).toBe(callback);
    await job.resume();
    await expect.poll(() => told).toEqual([job]);
  });

  it('notify flags are as before, and are restored in the end', async ({ job }) => {
    const before = await job.getNotifyFlags();
    const nothing = () => undefined;
    job.on('modification', nothing);
    const widened = await job.getNotifyFlags();
    expect(widened).toBe(before | 8);
    await killService();
    expect(await job.getNotifyFlags()).toBe(widened);
    job.on('transferred', nothing);
    expect(await job.getNotifyFlags()).toBe(widened | 1);
    job.removeAllListeners();
    await expect.poll(() => job.getNotifyFlags()).toBe(before);
    await killService();
    expect(await job.getNotifyFlags()).toBe(before);
  });

  it('notify flags that were set explicitly stay', async ({ job }) => {
    job.on('modification', () => undefined);
    await job.setNotifyFlags(2);
    await killService();
    expect(await job.getNotifyFlags()).toBe(2);
    job.on('transferred', () => undefined);
    expect(await job.getNotifyFlags()).toBe(2);
    job.removeAllListeners();
    expect(await job.getNotifyFlags()).toBe(2);
  });

  it('an unknown job ends pending waits, and warns', async ({ control, job, manager }) => {
    const heard = record(job);
    const watch = job.watch();
    await watch.next();
    const ends = [job.wait(), watch.next()].map((end) =>
      awaitedLater(expect(end).rejects.toMatchObject({ code: 'DO_E_JOB_NOT_FOUND' })),
    );
    const other = await manager.getJob(job.id);
    await control.setFault('IBackgroundCopyJob::Cancel', 'die-after');
    await other.cancel().catch(() => undefined);
    await Promise.all(ends);
    await expect.poll(() => heard).toEqual(['DO_E_JOB_NOT_FOUND']);
  });

  it('a job that continued in the meantime is up to date', async ({ folder, job, server }) => {
    await job.addFile(server.serve('file', slowly(200_000)), join(folder, 'file.bin'));
    const heard = record(job);
    const waiting = awaitedLater(job.wait());
    await job.resume();
    await begin(job);
    await killService(500);
    server.hurry();
    // Another client activates the service first, which then continues its jobs.
    await using other = await connectAgain();
    const same = await other.getJob(job.id);
    await reach(same, 'transferred');
    await waiting;
    await expect.poll(() => heard).toEqual(['transferred']);
  });
});

/** Connects another client as soon as the service can be activated. */
async function connectAgain(): Promise<BackgroundCopyManager> {
  (await Control.connect()).close();
  return BackgroundCopyManager.connect(standIn);
}
