// SPDX-License-Identifier: MIT
// The documented failures of the service, as errors of the library with code, operation and advice.
// After each failure, the next call works.

import { join } from 'node:path';
import { BackgroundCopyManager, DosvcError, JobError, type BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { rejection } from '../promises/rejection.js';
import { it, reach } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';

/** Each with its name in docs/errors.md, and words of its advice. */
const failures = [
  [0x80070005, 'E_ACCESSDENIED', 'belong to this user'],
  [0x80010123, 'CO_E_FAILEDTOIMPERSONATE', 'impersonat'],
  [0x80d03002, 'DO_E_NO_DOWNLOAD_EXTSETTINGS', 'Ask the administrator'],
  [0x80d03805, 'DO_E_BLOCKED_BY_NO_NETWORK', 'when the network is back'],
  [0x80d02013, 'DO_E_INVALID_STATE', 'Read the state first'],
  [0x80d02003, 'DO_E_JOB_NOT_FOUND', 'Create a new'],
  [0x80d02004, 'DO_E_JOB_EMPTY', 'Add a file'],
  [0x8007000e, 'E_OUTOFMEMORY', 'not enough memory'],
  [0x80004005, 'E_FAIL', 'unspecified reason'],
  [0x80004001, 'E_NOTIMPL', 'Do without it'],
] as const;

/** Calls of every kind, by the method that fails. */
const calls: Record<string, (job: BackgroundCopyJob) => Promise<unknown>> = {
  'IBackgroundCopyJob::GetState': (job) => job.getState(),
  'IBackgroundCopyJob::SetPriority': (job) => job.setPriority('low'),
  'IBackgroundCopyJob::Suspend': (job) => job.suspend(),
  'IBackgroundCopyJob::EnumFiles': (job) => job.enumFiles(),
  'IBackgroundCopyJob5::GetProperty': (job) => job.getProperty('costFlags'),
};

describe('a method that fails with', () => {
  it.for(failures)('0x%x rejects with %s', async ([hresult, code, advice], { control, job }) => {
    for (const [operation, call] of Object.entries(calls)) {
      await control.setFault(operation, { fail: hresult }, 1);
      const error = await rejection(call(job));
      expect(error).toBeInstanceOf(DosvcError);
      expect(error).toMatchObject({ code, hresult, operation, mayHaveRun: false });
      const { message } = error as DosvcError;
      expect(message).toContain(operation);
      expect(message).toContain(advice);
      await call(job);
    }
  });

  it.for(failures)(
    '0x%x rejects with %s on the manager, too',
    async ([hresult, code], { control, manager }) => {
      const operation = 'IBackgroundCopyManager::CreateJob';
      await control.setFault(operation, { fail: hresult }, 1);
      await expect(manager.createJob('x')).rejects.toMatchObject({ code, hresult, operation });
      const { id } = await manager.createJob('x');
      await control.setFault('IBackgroundCopyManager::GetJob', { fail: hresult }, 1);
      await expect(manager.getJob(id)).rejects.toMatchObject({ code, hresult });
      expect(await (await manager.getJob(id)).getState()).toBe('suspended');
    },
  );
});

describe('a call that is not answered', () => {
  it('rejects with ERR_DOSVC_CALL_TIMEOUT, and the next call works', async ({ control }) => {
    await using manager = await BackgroundCopyManager.connect({ ...standIn, callTimeout: 500 });
    const job = await manager.createJob('hung');
    const other = await manager.createJob('another');
    await control.setFault('IBackgroundCopyJob::SetPriority', 'hang', 1);
    await expect(job.setPriority('low')).rejects.toMatchObject({
      code: 'ERR_DOSVC_CALL_TIMEOUT',
      operation: 'IBackgroundCopyJob::SetPriority',
      mayHaveRun: true,
      retryable: false,
    });
    await other.setPriority('low');
    await control.letGo();
    await expect.poll(() => control.count('hanging')).toBe(0);
    await job.setPriority('low');
    expect(await job.getPriority()).toBe('low');
  });
});

describe("another user's job", () => {
  it('makes getJob() reject with E_ACCESSDENIED until it belongs to this user', async ({
    control,
    job,
    manager,
  }) => {
    await control.setForeign(job.id, true);
    const error = await rejection(manager.getJob(job.id));
    expect(error).toMatchObject({
      name: 'DosvcError',
      code: 'E_ACCESSDENIED',
      hresult: 0x80070005,
      operation: 'IBackgroundCopyManager::GetJob',
    });
    expect((error as Error).message).toContain('must belong to this user');
    const mine = await manager.createJob('mine');
    expect(await (await manager.getJob(mine.id)).getState()).toBe('suspended');
    await control.setForeign(job.id, false);
    expect(await (await manager.getJob(job.id)).getState()).toBe('suspended');
  });
});

describe('a transfer', () => {
  it.for([
    [0x80d03002, 'DO_E_NO_DOWNLOAD_EXTSETTINGS', 'Ask the administrator'],
    [0x80d03801, 'DO_E_BLOCKED_BY_COST_TRANSFER_POLICY', 'cost policy'],
    [0x80070005, 'E_ACCESSDENIED', 'belong to this user'],
  ] as const)(
    'that is refused with 0x%x fails with %s, and continues after resume()',
    async ([hresult, code, advice], { control, folder, job, server }) => {
      const url = server.serve('file', { content: bytesOf(10) });
      await job.addFile(url, join(folder, 'file.bin'));
      await control.setSwitch('refused', hresult);
      await job.resume();
      const error = await rejection(job.wait());
      expect(error).toBeInstanceOf(JobError);
      expect(error).toMatchObject({ code, hresult, context: 'none', file: { remoteName: url } });
      expect((error as Error).message).toContain(advice);
      expect(await job.getError()).toMatchObject({ code });
      await control.setSwitch('refused', 0);
      await job.resume();
      await job.wait();
      expect(await job.complete()).toMatchObject({ code: 'S_OK' });
    },
  );

  it('without a network waits with a readable error, and then continues', async ({
    control,
    folder,
    job,
    server,
  }) => {
    await job.addFile(server.serve('f', { content: bytesOf(10) }), join(folder, 'f.bin'));
    await control.setSwitch('network-lost', 1);
    await job.resume();
    const waiting = awaitedLater(job.wait());
    await reach(job, 'transient-error');
    const error = await job.getError();
    expect(error).toBeInstanceOf(JobError);
    expect(error.message).toContain(error.code);
    await control.setSwitch('network-lost', 0);
    await waiting;
    expect(await job.complete()).toMatchObject({ code: 'S_OK' });
  });
});
