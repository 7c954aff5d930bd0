// SPDX-License-Identifier: MIT
// A job that failed: its event and its error.

import { join } from 'node:path';
import { DosvcError, JobError, type BackgroundCopyJob } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { it, looked } from '../service/fixtures.js';
import { onWinesBits, service } from '../service/service.js';

function failure(job: BackgroundCopyJob): Promise<JobError> {
  return new Promise((resolve) => {
    job.once('error', resolve);
  });
}

describe('a file that the server does not have', () => {
  it('is reported once, with code, HTTP status, context and file', async ({
    server,
    folder,
    manager,
    job,
  }) => {
    const { url } = server.file(404);
    const path = join(folder, 'file.bin');
    const heard = vi.fn();
    job.on('error', heard);
    await job.addFile(url, path);
    const failed = failure(job);
    await job.resume();

    const error = await failed;
    expect(error).toBeInstanceOf(JobError);
    expect(error).toBeInstanceOf(DosvcError);
    expect(error).toMatchObject({
      name: 'JobError',
      code: 'BG_E_HTTP_ERROR_404',
      names: expect.arrayContaining(['BG_E_HTTP_ERROR_404', 'HTTP_E_STATUS_NOT_FOUND']) as string[],
      hresult: 0x80190194,
      httpStatus: 404,
      context: service.errorContext,
      retryable: false,
      file: { remoteName: url, localName: path },
    });
    expect(error.message).toMatch(/^The job failed\. .*\(BG_E_HTTP_ERROR_404, 0x80190194\)/);
    expect(error.message).toContain(url);
    expect(await job.getState()).toBe('error');
    await looked(manager, job);
    expect(heard).toHaveBeenCalledOnce();
  });

  it('is reported again when it fails again', async ({ server, folder, manager, job }) => {
    const heard = vi.fn();
    job.on('error', heard);
    const { url } = server.file('held-404');
    await job.addFile(url, join(folder, 'file.bin'));
    await job.resume();
    server.letGo();
    await expect.poll(() => heard.mock.calls.length).toBe(1);

    server.hold();
    await job.resume();
    await expect.poll(() => job.getState()).toMatch(/^(connecting|transferring)$/);
    await looked(manager, job);
    server.letGo();
    await expect.poll(() => heard.mock.calls.length).toBe(2);
  });

  it('is reported to a listener that was added after the job failed', async ({
    server,
    folder,
    manager,
    job,
  }) => {
    await job.addFile(server.file(404).url, join(folder, 'file.bin'));
    const failed = failure(job);
    await job.resume();
    await failed;
    expect((await failure(job)).httpStatus).toBe(404);
    expect((await failure(await manager.getJob(job.id))).httpStatus).toBe(404);
  });

  it('throws nothing if there is no listener for the error', async ({ server, folder, job }) => {
    const transferred = vi.fn();
    job.on('transferred', transferred);
    await job.addFile(server.file(404).url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => job.getState()).toBe('error');
    expect(transferred).not.toHaveBeenCalled();
  });
});

describe('a server that fails', () => {
  it('is reported with its HTTP status', async ({ server, folder, job }) => {
    await job.addFile(server.file(501).url, join(folder, 'file.bin'));
    const failed = failure(job);
    await job.resume();
    expect(await failed).toMatchObject({ code: 'BG_E_HTTP_ERROR_501', httpStatus: 501 });
  });

  it('is a transient error, or a success to Wine’s BITS', async ({ server, folder, job }) => {
    const heard = vi.fn();
    job.on('error', heard);
    await job.addFile(server.file(500).url, join(folder, 'file.bin'));
    await job.resume();
    const state = onWinesBits ? 'transferred' : 'transient-error';
    await expect.poll(() => job.getState()).toBe(state);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('a job that failed', () => {
  it('can be cancelled', async ({ server, folder, job }) => {
    await job.addFile(server.file(404).url, join(folder, 'file.bin'));
    const failed = failure(job);
    await job.resume();
    await failed;
    await job.cancel();
    expect(await job.getState()).toBe('cancelled');
  });
});
