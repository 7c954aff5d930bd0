// SPDX-License-Identifier: MIT
// Callbacks that the service drops, doubles or delays: a listener still gets each event once.

import { join } from 'node:path';
import { BackgroundCopyManager, type BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import type { Control } from '../stand-in/client/control.js';
import { it, reach } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';
import type { HttpServer } from '../http/server.js';

/** Each with the number of callbacks that it causes for an event. */
const disturbances = [
  { name: 'drop-callbacks', value: 1, times: 0 },
  { name: 'double-callbacks', value: 1, times: 2 },
  { name: 'late-callbacks', value: 400, times: 1 },
] as const;

/** Flags without modifications, so that each callback is one of the events that are tested. */
const transferredAndError = 3;

function record(job: BackgroundCopyJob): string[] {
  const heard: string[] = [];
  job.on('transferred', () => heard.push('transferred'));
  job.on('error', ({ code }) => heard.push(code));
  return heard;
}

/** Resolves when the service has made this many callbacks and the library has handled them. */
async function settle(job: BackgroundCopyJob, control: Control, told: number): Promise<void> {
  await expect.poll(() => control.count('callbacks-told')).toBe(told);
  await job.getState();
}

function url(server: HttpServer, statuses: number[] = []): string {
  return server.serve('file', { content: bytesOf(1000), statuses });
}

for (const { name, value, times } of disturbances) {
  describe(`with ${name}`, () => {
    it('a transfer is emitted once, and wait() ends', async ({ control, folder, job, server }) => {
      await control.setSwitch(name, value);
      const heard = record(job);
      await job.setNotifyFlags(transferredAndError);
      const told = await control.count('callbacks-told');
      await job.addFile(url(server), join(folder, 'file.bin'));
      await job.resume();
      await job.wait();
      await expect.poll(() => heard).toEqual(['transferred']);
      await settle(job, control, told + times);
      expect(heard).toEqual(['transferred']);
      expect(await job.complete()).toMatchObject({ code: 'S_OK' });
    });

    it('an error is emitted once, and so is the transfer after it', async ({
      control,
      folder,
      job,
      server,
    }) => {
      await control.setSwitch(name, value);
      await control.setSwitch('refused', 0x80d03002);
      const heard = record(job);
      await job.setNotifyFlags(transferredAndError);
      const told = await control.count('callbacks-told');
      await job.addFile(url(server), join(folder, 'file.bin'));
      await job.resume();
      await expect(job.wait()).rejects.toMatchObject({ hresult: 0x80d03002 });
      await expect.poll(() => heard).toHaveLength(1);
      await settle(job, control, told + times);
      expect(heard).toHaveLength(1);
      await control.setSwitch('refused', 0);
      await job.resume();
      await reach(job, 'transferred');
      await expect.poll(() => heard).toHaveLength(2);
      await settle(job, control, told + 2 * times);
      expect(heard).toEqual(['DO_E_NO_DOWNLOAD_EXTSETTINGS', 'transferred']);
    });

    it('notify interface functions are called once', async ({ control, folder, job, server }) => {
      await control.setSwitch(name, value);
      let called = 0;
      await job.setNotifyInterface({ jobTransferred: () => called++ });
      await job.setNotifyFlags(transferredAndError);
      const told = await control.count('callbacks-told');
      await job.addFile(url(server), join(folder, 'file.bin'));
      await job.resume();
      await expect.poll(() => called).toBe(1);
      await settle(job, control, told + times);
      expect(called).toBe(1);
    });
  });
}

describe('without a poll', () => {
  it('doubled callbacks emit each event once', async ({ control, folder, server }) => {
    await using manager = await BackgroundCopyManager.connect({
      ...standIn,
      pollInterval: 600_000,
    });
    const job = await manager.createJob('doubled');
    const heard = record(job);
    await expect.poll(() => control.count('callbacks-held')).toBe(1);
    await job.setNotifyFlags(transferredAndError);
    await control.setSwitch('double-callbacks', 1);
    await job.addFile(url(server), join(folder, 'file.bin'));
    const told = await control.count('callbacks-told');
    await job.resume();
    await expect.poll(() => heard).toEqual(['transferred']);
    await settle(job, control, told + 2);
    expect(heard).toEqual(['transferred']);
  });
});
