// SPDX-License-Identifier: MIT
// Closing a manager or a job: calls in flight at that moment, and calls made afterwards.

import { join } from 'node:path';
import { BackgroundCopyManager } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { it, looked, settled } from '../service/fixtures.js';
import { binding } from '../binding/raw-binding.js';
import { onWinesBits, options, service } from '../service/service.js';
import { transferHalf } from '../service/transfer.js';
import { wineVersion } from '../system/wine-version.js';

const closed = { name: 'DosvcError', code: 'ERR_DOSVC_CLOSED', hresult: undefined };

describe('after close()', () => {
  it('every call rejects with ERR_DOSVC_CLOSED', async ({ folder, manager, job }) => {
    await manager.close();
    const calls: [string, () => Promise<unknown>][] = [
      ['IBackgroundCopyManager::CreateJob', () => manager.createJob('dosvc test')],
      ['IBackgroundCopyManager::GetJob', () => manager.getJob(job.id)],
      [service.addFile, () => job.addFile('http://x/', join(folder, 'file.bin'))],
      ['IBackgroundCopyJob::Resume', () => job.resume()],
      ['IBackgroundCopyJob::GetState', () => job.getState()],
      ['IBackgroundCopyJob::GetProgress', () => job.getProgress()],
      ['IBackgroundCopyJob::Complete', () => job.complete()],
      ['IBackgroundCopyJob::Cancel', () => job.cancel()],
    ];
    for (const [operation, call] of calls) {
      await expect(call()).rejects.toMatchObject({ ...closed, operation });
    }
  });

  it('bad input is still reported as such', async ({ manager }) => {
    await manager.close();
    await expect(manager.getJob('no id')).rejects.toThrow(TypeError);
  });

  it('the manager and its jobs can be closed again', async ({ manager, job }) => {
    await manager.close();
    await expect(manager.close()).resolves.toBeUndefined();
    await expect(job[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });

  it('no listener is called', async ({ server, folder, manager, own }) => {
    const other = await BackgroundCopyManager.connect(options);
    const job = own(await other.createJob('dosvc test'));
    const heard = vi.fn();
    job.on('transferred', heard);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await other.close();

    const again = await manager.getJob(job.id);
    const end = settled(again);
    await again.resume();
    expect(await end).toBe(true);
    await looked(manager, again);
    expect(heard).not.toHaveBeenCalled();
  });

  it('no handle and no object is left', async () => {
    const before = binding.counters().handles;
    const manager = await BackgroundCopyManager.connect(options);
    const job = await manager.createJob('dosvc test');
    job.on('progress', () => undefined);
    expect(binding.counters().handles).toBe(before + 3);
    await job.cancel();
    await manager.close();
    expect(binding.counters().handles).toBe(before);
    await expect.poll(() => binding.counters()).toMatchObject({ objects: 0, requests: 0 });
  });
});

describe('calls in flight at close()', () => {
  it('settle with the service’s answer', async ({ manager, job }) => {
    const states = awaitedLater(Promise.all(Array.from({ length: 20 }, () => job.getState())));
    const again = awaitedLater(manager.getJob(job.id));
    await manager.close();
    expect(await states).toEqual(Array.from({ length: 20 }, () => 'suspended'));
    // The job arrived after close(), so it is closed too.
    await expect((await again).getState()).rejects.toMatchObject(closed);
  });

  it('settle even when the service is in the middle of one', async ({
    server,
    folder,
    job,
    manager,
  }) => {
    await transferHalf(server, job, folder);
    const cancelled = awaitedLater(job.cancel());
    await manager.close();
    // The BITS of Wine 8 does not answer before the server sends the rest.
    server.letGo();
    expect((await cancelled).code).toMatch(/^(S_OK|BG_S_UNABLE_TO_DELETE_FILES)$/);
  });
});

describe('await using', () => {
  it('closes the manager', async () => {
    let manager;
    {
      await using inside = await BackgroundCopyManager.connect(options);
      manager = inside;
    }
    await expect(manager.createJob('dosvc test')).rejects.toMatchObject(closed);
  });

  it('closes the job object alone; the job itself goes on', async ({ manager, own }) => {
    let job;
    {
      await using inside = own(await manager.createJob('dosvc test'));
      job = inside;
    }
    await expect(job.getState()).rejects.toMatchObject(closed);
    expect(await (await manager.getJob(job.id)).getState()).toBe('suspended');
  });
});

describe('callTimeout', () => {
  it('rejects a call that is not answered in time, and reports that it may have run', async ({
    server,
    folder,
    job,
  }) => {
    await transferHalf(server, job, folder);
    const hasty = await BackgroundCopyManager.connect({ ...options, callTimeout: 300 });
    const cancelled = (await hasty.getJob(job.id)).cancel();
    // Only the BITS of Wine 8 waits for the server.
    if (onWinesBits && wineVersion === 8) {
      await expect(cancelled).rejects.toMatchObject({
        code: 'ERR_DOSVC_CALL_TIMEOUT',
        operation: 'IBackgroundCopyJob::Cancel',
        mayHaveRun: true,
        retryable: false,
      });
    } else {
      await cancelled;
    }
    server.letGo();
    await expect.poll(() => job.getState()).toBe('cancelled');
    await hasty.close();
  });
});
