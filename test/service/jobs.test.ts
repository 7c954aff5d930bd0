// SPDX-License-Identifier: MIT
// Jobs and their manager: made, found again, and refused.

import { join } from 'node:path';
import { BackgroundCopyManager, DosvcError } from 'dosvc';
import { describe, expect } from 'vitest';
import { run } from '../lifecycle/child.js';
import { bits, it } from './fixtures.js';

describe('a job', () => {
  it('has a GUID for its id, in lower case and without braces', ({ job }) => {
    expect(job.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('is found again by every spelling of its id', async ({ manager, job }) => {
    const bare = job.id.replaceAll('-', '');
    for (const id of [job.id, job.id.toUpperCase(), `{${job.id}}`, bare]) {
      const again = await manager.getJob(id);
      expect(again.id).toBe(job.id);
      expect(await again.getState()).toBe('suspended');
    }
  });

  it('is found again from another connection', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await using other = await BackgroundCopyManager.connect(bits);
    const again = await other.getJob(job.id);
    expect(await again.getProgress()).toMatchObject({ filesTotal: 1 });
  });

  it('is found again from another process', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const { status, stdout, stderr } = await run('look.mjs', [job.id]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ state: 'suspended', progress: { filesTotal: 1 } });
  });

  it('outlives the manager that made it', async ({ own }) => {
    const first = await BackgroundCopyManager.connect(bits);
    const job = own(await first.createJob('dosvc test'));
    await first.close();
    await using second = await BackgroundCopyManager.connect(bits);
    expect(await (await second.getJob(job.id)).getState()).toBe('suspended');
  });

  it('can be an upload', async ({ manager, own }) => {
    expect(await own(await manager.createJob('dosvc test', 'upload')).getState()).toBe('suspended');
  });

  it('keeps the order of calls that are not awaited one by one', async ({
    server,
    folder,
    job,
  }) => {
    const paths = Array.from({ length: 10 }, (_, at) => join(folder, String(at)));
    const { url } = server.file('whole');
    const totals = paths.map((path) => {
      void job.addFile(url, path);
      return job.getProgress().then(({ filesTotal }) => filesTotal);
    });
    expect(await Promise.all(totals)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('a failure of the service', () => {
  it('is BG_E_NOT_FOUND for an unknown job, with the operation and what to do', async ({
    manager,
  }) => {
    const failure = manager.getJob('00000000-0000-4000-8000-000000000000');
    const error = await failure.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DosvcError);
    expect(error).toMatchObject({
      name: 'DosvcError',
      code: 'BG_E_NOT_FOUND',
      hresult: 0x80200001,
      operation: 'IBackgroundCopyManager::GetJob',
      retryable: false,
      mayHaveRun: false,
      httpStatus: undefined,
    });
    expect((error as DosvcError).names[0]).toBe('BG_E_NOT_FOUND');
    expect((error as DosvcError).message).toMatch(
      /^IBackgroundCopyManager::GetJob: .+\. .*\(BG_E_NOT_FOUND, 0x80200001\)$/,
    );
    // The way to the call, although it failed in another process.
    expect((error as DosvcError).stack).toContain('getJob');
  });

  it('is BG_E_EMPTY where a job without files is resumed', async ({ job }) => {
    await expect(job.resume()).rejects.toMatchObject({
      code: 'BG_E_EMPTY',
      operation: 'IBackgroundCopyJob::Resume',
    });
  });

  it('is BG_E_INVALID_STATE where the job is cancelled', async ({ job }) => {
    await job.cancel();
    await expect(job.complete()).rejects.toMatchObject({
      code: 'BG_E_INVALID_STATE',
      operation: 'IBackgroundCopyJob::Complete',
    });
  });
});

describe('connect', () => {
  it('takes a class id for a service', async ({ job }) => {
    const service = '{4991d34b-80a1-4291-83b6-3328366b9097}';
    await using manager = await BackgroundCopyManager.connect({ service });
    expect((await manager.getJob(job.id)).id).toBe(job.id);
  });

  it('rejects ERR_DOSVC_SERVICE_MISSING for a class that nobody has', async () => {
    const service = '{00000000-0000-4000-8000-000000000000}';
    await expect(BackgroundCopyManager.connect({ service })).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'ERR_DOSVC_SERVICE_MISSING',
      names: ['ERR_DOSVC_SERVICE_MISSING', 'REGDB_E_CLASSNOTREG'],
      hresult: 0x80040154,
    });
  });

  // Under Wine that is the stand-in of test/dosvc.
  it('means Delivery Optimization', async () => {
    const manager = await BackgroundCopyManager.connect();
    await expect(manager.close()).resolves.toBeUndefined();
  });
});
