// SPDX-License-Identifier: MIT
// wait(): the ways in which it ends. None of them changes the job.

import { join } from 'node:path';
import { BackgroundCopyManager, DosvcError, JobError } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { it } from '../service/fixtures.js';
import { raw } from '../service/raw-job.js';
import { binding } from '../binding/raw-binding.js';
import { rejection } from '../promises/rejection.js';
import { options, service } from '../service/service.js';
import { transferHalf } from '../service/transfer.js';

describe('wait() resolves', () => {
  it('when every file is transferred, and at once if it already is', async ({
    server,
    folder,
    job,
  }) => {
    await job.addFile(server.file('whole', 'one.bin').url, join(folder, 'one.bin'));
    await job.addFile(server.file('whole', 'two.bin').url, join(folder, 'two.bin'));
    await job.resume();
    await expect(job.wait()).resolves.toBeUndefined();
    expect(await job.getState()).toBe('transferred');
    await expect(job.wait()).resolves.toBeUndefined();
  });

  it('for every caller, on each object of the job', async ({ server, folder, manager, job }) => {
    const again = await manager.getJob(job.id);
    const waiting = awaitedLater(
      Promise.all([job.wait(), job.wait(), again.wait({ timeout: 60_000 })]),
    );
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    expect(await waiting).toEqual([undefined, undefined, undefined]);
  });
});

describe('wait() rejects with', () => {
  it("the job's error", async ({ server, folder, job }) => {
    const { url } = server.file(404);
    await job.addFile(url, join(folder, 'file.bin'));
    await job.resume();
    const error = await rejection(job.wait());
    expect(error).toBeInstanceOf(JobError);
    expect(error).toMatchObject({
      code: 'BG_E_HTTP_ERROR_404',
      httpStatus: 404,
      context: service.errorContext,
      file: { remoteName: url },
    });
    expect(await job.getState()).toBe('error');
  });

  it('ERR_DOSVC_TIMEOUT after its timeout', async ({ job }) => {
    const error = await rejection(job.wait({ timeout: 30 }));
    expect(error).toBeInstanceOf(DosvcError);
    expect(error).toMatchObject({
      code: 'ERR_DOSVC_TIMEOUT',
      hresult: undefined,
      retryable: true,
      mayHaveRun: false,
    });
    expect((error as Error).message).toContain('30 ms');
    expect(await job.getState()).toBe('suspended');
  });

  it('ERR_DOSVC_STALLED when no byte arrives', async ({ server, folder, job }) => {
    await transferHalf(server, job, folder);
    const error = await rejection(job.wait({ stallTimeout: 200, timeout: 60_000 }));
    expect(error).toMatchObject({ name: 'DosvcError', code: 'ERR_DOSVC_STALLED', retryable: true });
    expect((error as Error).message).toContain('200 ms');
    expect(await job.getState()).toBe('transferring');
    server.letGo();
    await job.wait({ stallTimeout: 60_000 });
  });

  it('the service’s code for a wrong state when another object cancels the job', async ({
    manager,
    job,
  }) => {
    const waited = rejection(job.wait());
    await (await manager.getJob(job.id)).cancel();
    const error = await waited;
    expect(error).toMatchObject({
      name: 'DosvcError',
      ...service.invalidState,
    });
    expect((error as Error).message).toMatch(/^The job was cancelled/);
    expect(await rejection(job.wait())).toMatchObject(service.invalidState);
  });

  it('the same code when another object completes the job', async ({ manager, job }) => {
    const waited = rejection(job.wait());
    await (await manager.getJob(job.id)).complete();
    const error = await waited;
    expect(error).toMatchObject({ name: 'DosvcError', ...service.invalidState });
    expect((error as Error).message).toMatch(/^The job was completed/);
  });

  it.for(['cancel', 'complete'] as const)(
    'the same code after a call of its own, however slowly it polls: %s',
    async (end, { own }) => {
      await using slow = await BackgroundCopyManager.connect({ ...options, pollInterval: 600_000 });
      const job = own(await slow.createJob('dosvc test'));
      const waited = rejection(job.wait());
      await job.getState();
      await job[end]();
      expect(await waited).toMatchObject(service.invalidState);
    },
  );

  it('ERR_DOSVC_CLOSED when the manager is closed meanwhile', async ({ own }) => {
    const { handles } = binding.counters();
    const manager = await BackgroundCopyManager.connect(options);
    const job = own(await manager.createJob('dosvc test'));
    const waited = rejection(job.wait());
    await job.getState();
    await manager.close();
    expect(await waited).toMatchObject({ name: 'DosvcError', code: 'ERR_DOSVC_CLOSED' });
    expect(await rejection(job.wait())).toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
    expect(binding.counters().handles).toBe(handles);
  });

  it('ERR_DOSVC_CLOSED when the job was closed before', async ({ job }) => {
    await job[Symbol.asyncDispose]();
    expect(await rejection(job.wait())).toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });
});

describe('an AbortSignal', () => {
  const aborted = { name: 'AbortError', code: 'ABORT_ERR' };

  it('that is already aborted ends wait() at once, and nothing is sent', async ({ job }) => {
    const reason = new Error('no time');
    const before = binding.counters();
    const waited = rejection(job.wait({ signal: AbortSignal.abort(reason) }));
    expect(binding.counters()).toEqual(before);
    const error = await waited;
    expect(error).toMatchObject(aborted);
    expect((error as Error).cause).toBe(reason);
  });

  it('ends a pending wait(), and the job goes on', async ({ server, folder, job }) => {
    const abort = new AbortController();
    const waited = rejection(job.wait({ signal: abort.signal }));
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    abort.abort();
    const error = await waited;
    expect(error).toMatchObject(aborted);
    expect((error as Error).cause).toBe(abort.signal.reason);
    await job.resume();
    await job.wait({ signal: new AbortController().signal });
  });

  it('ends both of two pending waits', async ({ job }) => {
    const abort = new AbortController();
    const { signal } = abort;
    const waited = [rejection(job.wait({ signal })), rejection(job.wait({ signal }))];
    abort.abort('enough');
    for (const error of await Promise.all(waited)) {
      expect(error).toMatchObject({ ...aborted, cause: 'enough' });
    }
  });
});

describe('after wait()', () => {
  it('no subscription is left, however it ended', async ({ server, folder, job }) => {
    const { handles, objects } = binding.counters();
    const abort = new AbortController();
    const ends = [
      rejection(job.wait({ timeout: 20 })),
      rejection(job.wait({ stallTimeout: 20 })),
      rejection(job.wait({ signal: abort.signal })),
    ];
    const waited = awaitedLater(job.wait());
    // The library's one callback object.
    expect(binding.counters().handles).toBe(handles + 1);
    abort.abort();
    await Promise.all(ends);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    await waited;
    expect(binding.counters().handles).toBe(handles);
    await expect.poll(() => binding.counters().objects).toBe(objects);
  });

  it('the notify flags are restored', async ({ job }) => {
    const before = await job.getNotifyFlags();
    const abort = new AbortController();
    const waited = rejection(job.wait({ signal: abort.signal }));
    expect(await job.getNotifyFlags()).toBe(before | 8);
    abort.abort();
    await waited;
    await expect.poll(() => job.getNotifyFlags()).toBe(before);
  });
});

describe('while wait() is pending', () => {
  it('setNotifyInterface(null) withdraws only functions', async ({ job }) => {
    const abort = new AbortController();
    const waited = rejection(job.wait({ signal: abort.signal }));
    await job.setNotifyInterface({ jobTransferred: () => undefined });
    await job.setNotifyInterface(null);
    expect(await job.getNotifyInterface()).toBeNull();
    expect(await raw(job.id, 'GetNotifyInterface')).toBe('ours');
    abort.abort();
    await waited;
    await expect.poll(() => raw(job.id, 'GetNotifyInterface')).toBeNull();
  });
});
