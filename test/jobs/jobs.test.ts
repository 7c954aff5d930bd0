// SPDX-License-Identifier: MIT
// Jobs and their manager: creating jobs, finding them again, and failures.

import { join } from 'node:path';
import { BackgroundCopyManager, DosvcError } from 'dosvc';
import { describe, expect } from 'vitest';
import { run } from '../processes/child.js';
import { it } from '../service/fixtures.js';
import { options, service } from '../service/service.js';

describe('a job', () => {
  it('has a GUID for its id, in lower case and without braces', ({ job }) => {
    expect(job.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('is found again from another connection', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await using other = await BackgroundCopyManager.connect(options);
    const again = await other.getJob(job.id);
    expect(await again.getProgress()).toMatchObject({ filesTotal: 1 });
  });

  it('is found again from another process', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const { status, stdout, stderr } = await run('look.mjs', [job.id, service.name]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ state: 'suspended', progress: { filesTotal: 1 } });
  });

  it('outlives the manager that created it', async ({ own }) => {
    const first = await BackgroundCopyManager.connect(options);
    const job = own(await first.createJob('dosvc test'));
    await first.close();
    await using second = await BackgroundCopyManager.connect(options);
    expect(await (await second.getJob(job.id)).getState()).toBe('suspended');
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
  it('reports an unknown job, with the operation and what to do', async ({ manager }) => {
    const failure = manager.getJob('00000000-0000-4000-8000-000000000000');
    const error = await failure.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DosvcError);
    expect(error).toMatchObject({
      name: 'DosvcError',
      ...service.unknownJob,
      operation: 'IBackgroundCopyManager::GetJob',
      retryable: false,
      mayHaveRun: false,
      httpStatus: undefined,
    });
    expect((error as DosvcError).names[0]).toBe(service.unknownJob.code);
    expect((error as DosvcError).message).toMatch(
      /^IBackgroundCopyManager::GetJob: .+\. .*\((BG_E|DO_E_JOB)_NOT_FOUND, 0x80[0-9A-F]{6}\)$/,
    );
    // The stack leads to the call, although the call failed in another process.
    expect((error as DosvcError).stack).toContain('getJob');
  });

  it('reports that a job without files cannot be resumed', async ({ job }) => {
    await expect(job.resume()).rejects.toMatchObject({
      ...service.noFiles,
      operation: 'IBackgroundCopyJob::Resume',
    });
  });

  it('reports that a cancelled job cannot be completed', async ({ job }) => {
    await job.cancel();
    await expect(job.complete()).rejects.toMatchObject({
      ...service.invalidState,
      operation: 'IBackgroundCopyJob::Complete',
    });
  });
});

describe('connect', () => {
  it('accepts a class id as the service', async ({ job }) => {
    const clsid = service.clsid.toLowerCase();
    await using manager = await BackgroundCopyManager.connect({ service: clsid });
    expect((await manager.getJob(job.id)).id).toBe(job.id);
  });

  it('rejects with ERR_DOSVC_SERVICE_MISSING for a class that is not registered', async () => {
    const nobody = { service: '{00000000-0000-4000-8000-000000000000}' };
    await expect(BackgroundCopyManager.connect(nobody)).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'ERR_DOSVC_SERVICE_MISSING',
      names: ['ERR_DOSVC_SERVICE_MISSING', 'REGDB_E_CLASSNOTREG'],
      hresult: 0x80040154,
    });
  });

  // Under Wine, that is the stand-in.
  it('connects to Delivery Optimization by default', async () => {
    const manager = await BackgroundCopyManager.connect();
    await expect(manager.close()).resolves.toBeUndefined();
  });
});
