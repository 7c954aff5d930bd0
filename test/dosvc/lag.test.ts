// SPDX-License-Identifier: MIT
// Waits after calls of the same process, on a service that carries them out at once or later.

import { join } from 'node:path';
import { BackgroundCopyManager, DownloadManager } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { bytesOf } from '../http/served.js';
import { start } from '../processes/child.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { it } from '../stand-in/client/downloads.js';
import { slowly } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';

/** Runs programs/again.mjs. Returns what it prints. */
async function again(...args: string[]): Promise<string> {
  const program = join(import.meta.dirname, 'programs/again.mjs');
  const { stdout, stderr } = await start(program, [JSON.stringify(standIn), ...args]).ended;
  return stdout.trim() + stderr;
}

/** No poll comes in a test. */
const never = { ...standIn, pollInterval: 600_000 };

describe.for([0, 300])('if the service is %i ms late', (lag) => {
  it('a job that was resumed after an error waits for what comes of it', async ({
    control,
    server,
    folder,
    job,
  }) => {
    const served = { content: bytesOf(100), statuses: [404] };
    await job.addFile(server.serve('file', served), join(folder, 'file.bin'));
    await control.setSwitch('lag', lag);
    const errors = vi.fn();
    job.on('error', errors);
    await job.resume();
    await expect(job.wait()).rejects.toMatchObject({ code: 'BG_E_HTTP_ERROR_404' });
    await job.resume();
    await job.wait();
    expect(errors).toHaveBeenCalledTimes(1);
  });

  it('a job that got another file waits for that', async ({ control, server, folder, job }) => {
    await job.addFile(server.serve('one', { content: bytesOf(100) }), join(folder, 'one.bin'));
    await job.resume();
    await job.wait();
    await job.addFile(server.serve('other', { content: bytesOf(50) }), join(folder, 'other.bin'));
    await control.setSwitch('lag', lag);
    await job.resume();
    await job.wait();
    expect(await job.getProgress()).toMatchObject({ filesTransferred: 2, bytesTransferred: 150 });
  });

  it('a download that was started after an error waits for what comes of it', async ({
    control,
    server,
    create,
  }) => {
    const download = await create(server.serve('file', { content: bytesOf(100), statuses: [404] }));
    await control.setSwitch('lag', lag);
    await download.start();
    await expect(download.wait()).rejects.toMatchObject({ code: 'BG_E_HTTP_ERROR_404' });
    await download.start();
    await download.wait();
    expect(await download.getStatus()).toMatchObject({ state: 'transferred', error: null });
  });

  it('a download that was started with more ranges waits for them', async ({
    control,
    server,
    create,
  }) => {
    const download = await create(server.serve('file', { content: bytesOf(100) }));
    await download.start([{ offset: 0, length: 10 }]);
    await download.wait();
    await control.setSwitch('lag', lag);
    await download.start([{ offset: 50, length: 25 }]);
    await download.wait();
    expect(await download.getStatus()).toMatchObject({ bytesTransferred: 35 });
  });
});

describe('a process that comes later, if the service is 300 ms late,', () => {
  it('does not take the error of a job for what comes of its resume()', async ({
    control,
    server,
    folder,
    job,
  }) => {
    const served = { content: bytesOf(100), statuses: [404] };
    await job.addFile(server.serve('file', served), join(folder, 'file.bin'));
    await job.resume();
    await expect(job.wait()).rejects.toMatchObject({ code: 'BG_E_HTTP_ERROR_404' });
    await control.setSwitch('lag', 300);
    expect(await again('job', job.id)).toBe('transferred');
  });

  it('waits for the file that it added to a job', async ({ control, server, folder, job }) => {
    await job.addFile(server.serve('one', { content: bytesOf(100) }), join(folder, 'one.bin'));
    await job.resume();
    await job.wait();
    await control.setSwitch('lag', 300);
    const other = server.serve('other', { content: bytesOf(50) });
    expect(await again('job', job.id, other, join(folder, 'other.bin'))).toBe('transferred');
    expect(await job.getProgress()).toMatchObject({ filesTransferred: 2, bytesTransferred: 150 });
  });

  it('does not take the error of a download for what comes of its start()', async ({
    control,
    server,
    create,
  }) => {
    const download = await create(server.serve('file', { content: bytesOf(100), statuses: [404] }));
    await download.start();
    await expect(download.wait()).rejects.toMatchObject({ code: 'BG_E_HTTP_ERROR_404' });
    await control.setSwitch('lag', 300);
    expect(await again('download', download.id)).toBe('transferred');
  });
});

describe('the end of this process wakes who waits in it, without a callback or a poll', () => {
  it.for(['cancel', 'complete'] as const)('job.%s()', async (end, { control, job }) => {
    const unpolled = await BackgroundCopyManager.connect(never);
    const same = await unpolled.getJob(job.id);
    await control.setSwitch('drop-callbacks', 1);
    const rejected = awaitedLater(
      expect(same.wait()).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' }),
    );
    await same.getState();
    await same[end]();
    await rejected;
    await unpolled.close();
  });

  it.for(['abort', 'finalize'] as const)(
    'download.%s()',
    async (end, { control, server, path }) => {
      const unpolled = await DownloadManager.connect(never);
      const uri = server.serve('file', end === 'abort' ? slowly(500_000) : { content: bytesOf(9) });
      const download = await unpolled.createDownload({ uri, localPath: path });
      await download.start();
      if (end === 'finalize') await download.wait();
      await control.setSwitch('drop-callbacks', 1);
      const over = vi.fn();
      download.on('status', ({ state }) => {
        over(state);
      });
      await download.getStatus();
      await download[end]();
      await expect
        .poll(() => over.mock.lastCall)
        .toEqual([end === 'abort' ? 'aborted' : 'finalized']);
      await unpolled.close();
    },
  );
});
