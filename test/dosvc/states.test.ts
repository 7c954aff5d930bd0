// SPDX-License-Identifier: MIT
// The states of a job, and what each method returns in them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { begin, it, reach, slowly } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const unknown = '11111111-2222-3333-4444-555555555555';

/** Every call that a job refuses once it has ended. */
const refused: Record<string, (job: BackgroundCopyJob) => Promise<unknown>> = {
  suspend: (job) => job.suspend(),
  resume: (job) => job.resume(),
  cancel: (job) => job.cancel(),
  complete: (job) => job.complete(),
  setNotifyFlags: (job) => job.setNotifyFlags(1),
  setNoProgressTimeout: (job) => job.setNoProgressTimeout(60),
  setPriority: (job) => job.setPriority('low'),
};

describe('a job', () => {
  it('cannot be found once it has ended, or if it never existed', async ({ manager, job }) => {
    await job.cancel();
    for (const id of [job.id, unknown]) {
      await expect(manager.getJob(id)).rejects.toMatchObject({ code: 'DO_E_JOB_NOT_FOUND' });
    }
  });

  it('returns DO_E_INVALID_STATE once it has ended', async ({ server, folder, manager, job }) => {
    const other = await manager.createJob('completed');
    await other.complete();
    await job.cancel();
    expect(await other.getState()).toBe('acknowledged');
    expect(await job.getState()).toBe('cancelled');
    const url = server.serve('file', { content: bytesOf(1) });
    const addFile = (ended: BackgroundCopyJob) => ended.addFile(url, join(folder, 'x'));
    const calls = { ...refused, addFile };
    for (const ended of [job, other]) {
      for (const call of Object.values(calls)) {
        await expect(call(ended)).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' });
      }
    }
  });

  it('does not start without files', async ({ job }) => {
    await expect(job.resume()).rejects.toMatchObject({ code: 'DO_E_JOB_EMPTY' });
    expect(await job.getState()).toBe('suspended');
  });

  it('has error information while it is in error', async ({ server, folder, control, job }) => {
    const none = { code: 'DO_E_ERROR_INFORMATION_UNAVAILABLE' };
    await expect(job.getError()).rejects.toMatchObject(none);
    await job.addFile(server.serve('file', { content: bytesOf(10) }), join(folder, 'file.bin'));
    await control.setSwitch('refused', 0x80d03002);
    await job.resume();
    await expect.poll(() => job.getState()).toBe('error');
    expect(await job.getError()).toMatchObject({ hresult: 0x80d03002, context: 'none' });

    await control.setSwitch('refused', 0);
    await job.resume();
    await reach(job, 'transferred');
    await expect(job.getError()).rejects.toMatchObject(none);
  });

  it('blames the remote file only for HTTP 403', async ({ server, folder, manager }) => {
    for (const [status, context] of [
      [403, 'remote-file'],
      [404, 'none'],
    ] as const) {
      const job = await manager.createJob(String(status));
      const url = server.serve('file', { content: bytesOf(1), statuses: [status] });
      await job.addFile(url, join(folder, `${String(status)}.bin`));
      await job.resume();
      await expect.poll(() => job.getState()).toBe('error');
      expect(await job.getError()).toMatchObject({ hresult: 0x80190000 + status, context });
    }
  });

  it('retries by itself after a transient error', async ({ server, folder, control, job }) => {
    await job.addFile(server.serve('file', { content: bytesOf(10) }), join(folder, 'file.bin'));
    await control.setSwitch('network-lost', 1);
    await job.resume();
    await reach(job, 'transient-error');
    await control.setSwitch('network-lost', 0);
    await reach(job, 'transferred');
  });

  it('gives up after its no-progress timeout', async ({ server, folder, control, job }) => {
    await job.addFile(server.serve('file', { content: bytesOf(10) }), join(folder, 'file.bin'));
    await job.setNoProgressTimeout(1);
    await control.setSwitch('network-lost', 1);
    await job.resume();
    await reach(job, 'transient-error');
    await expect.poll(() => job.getState()).toBe('error');
    expect(await job.getError()).toMatchObject({ code: 'DO_E_DOWNLOAD_NO_PROGRESS' });
  });

  it('gives up on a file that always begins anew', async ({ server, folder, job }) => {
    // Nothing tells that a part is of the same file, and no answer is whole.
    const cuts = Array.from({ length: 1000 }, () => 500_000);
    const url = server.serve('file', { content: bytesOf(1_000_000), sizeless: true, cuts });
    await job.addFile(url, join(folder, 'file.bin'));
    await job.setNoProgressTimeout(1);
    await job.resume();
    await expect(job.wait()).rejects.toMatchObject({ code: 'DO_E_DOWNLOAD_NO_PROGRESS' });
  });

  it('counts the progress of another file from its start', async ({
    server,
    folder,
    control,
    job,
  }) => {
    const cuts = [900_000, ...Array<number>(100).fill(0)];
    const url = server.serve('file', { content: bytesOf(1_000_000), cuts });
    await job.addFile(url, join(folder, 'file.bin'));
    await job.setNoProgressTimeout(60);
    await job.resume();
    await expect.poll(async () => (await job.getProgress()).bytesTransferred).toBe(900_000);
    // The first answer has none of it: it is shorter than what is there.
    const shorter = { content: bytesOf(500_000, 2), hold: 200_000, cuts: [0, 300_000] };
    server.serve('file', shorter);
    await expect.poll(async () => (await job.getProgress()).bytesTransferred).toBe(200_000);
    await control.setSwitch('clock-ahead', 61);
    server.letGo();
    await reach(job, 'transferred');
    await job.complete();
    expect(readFileSync(join(folder, 'file.bin')).equals(shorter.content)).toBe(true);
  });

  it('has the documented defaults', async ({ job }) => {
    expect(await job.getPriority()).toBe('normal');
    expect(await job.getNoProgressTimeout()).toBe(86_400);
    await job.setPriority('foreground');
    expect(await job.getNoProgressTimeout()).toBe(3600);
    expect(await job.getType()).toBe('download');
  });

  it('lives for 30 days', async ({ server, folder, control, manager, job }) => {
    await job.addFile(server.serve('file', { content: bytesOf(10) }), join(folder, 'file.bin'));
    await control.setSwitch('clock-ahead', 30 * 86_400 - 60);
    await manager.getJob(job.id);
    await control.setSwitch('clock-ahead', 30 * 86_400 + 60);
    await expect(manager.getJob(job.id)).rejects.toMatchObject({ code: 'DO_E_JOB_NOT_FOUND' });
    expect(await job.getState()).toBe('cancelled');
  });

  it('can be used only by its owner', async ({ server, folder, control, manager, job }) => {
    await job.addFile(server.serve('file', slowly(100_000)), join(folder, 'file.bin'));
    await job.resume();
    await begin(job);
    await control.setForeign(job.id, true);
    const denied = { code: 'E_ACCESSDENIED' };
    await expect(manager.getJob(job.id)).rejects.toMatchObject(denied);
    for (const call of Object.values(refused))
      await expect(call(job)).rejects.toMatchObject(denied);
    await control.setForeign(job.id, false);
    server.hurry();
    await reach(await manager.getJob(job.id), 'transferred');
  });
});

describe('a file', () => {
  it('is refused if its folder does not exist, a folder is there, or its file id is taken', async ({
    server,
    folder,
    job,
  }) => {
    const url = server.serve('file', { content: bytesOf(10) });
    const path = join(folder, 'file.bin');
    await expect(job.addFile(url, folder)).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    await expect(job.addFile(url, join(folder, 'no', 'such', 'file'))).rejects.toMatchObject({
      code: 'ERROR_PATH_NOT_FOUND',
    });
    await job.addFile(url, path, { fileId: 'one' });
    await expect(job.addFile(url, `${path}2`, { fileId: 'one' })).rejects.toMatchObject({
      code: 'E_INVALIDARG',
    });
    expect(await job.getProgress()).toMatchObject({ filesTotal: 1 });
  });
});
