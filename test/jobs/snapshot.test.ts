// SPDX-License-Identifier: MIT
// snapshot() and getError() of a job.

import { join } from 'node:path';
import { DosvcError, JobError } from 'dosvc';
import { afterEach, describe, expect, vi } from 'vitest';
import { it } from '../service/fixtures.js';
import { binding } from '../binding/raw-binding.js';
import { onBits, onWinesBits, service } from '../service/service.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the service does not implement; on Wine's BITS also the description, until it is set. */
const unknown = {
  ...(onWinesBits ? { priority: null, owner: null, times: null } : {}),
  ...(onWinesBits || !onBits ? { description: null } : {}),
};

describe('a snapshot', () => {
  it('agrees with the individual methods', async ({ server, folder, job }) => {
    const { url } = server.file('whole', 'file.bin', 1000);
    const path = join(folder, 'file.bin');
    await job.addFile(url, path);
    expect(await job.snapshot()).toMatchObject({
      id: job.id,
      state: 'suspended',
      type: 'download',
      displayName: 'dosvc test',
      progress: await job.getProgress(),
      error: null,
      files: [
        {
          remoteName: url,
          localName: path,
          progress: { bytesTotal: null, bytesTransferred: 0, completed: false },
        },
      ],
      ...unknown,
    });

    await job.resume();
    await job.wait();
    expect(await job.snapshot()).toMatchObject({
      state: 'transferred',
      progress: { bytesTransferred: 1000, filesTotal: 1, filesTransferred: 1 },
      files: [{ progress: { bytesTotal: 1000, bytesTransferred: 1000 } }],
    });
  });

  it('has exactly these properties', async ({ job }) => {
    const fields =
      'id state type priority displayName description owner progress times error errorCode files';
    expect(Object.keys(await job.snapshot())).toEqual(fields.split(' '));
  });

  it('takes one hop', async ({ job }) => {
    const [hops, calls] = [vi.spyOn(binding, 'invokeMany'), vi.spyOn(binding, 'invoke')];
    await job.snapshot();
    expect(hops).toHaveBeenCalledOnce();
    expect(calls).not.toHaveBeenCalled();
  });

  it('has the error of a failed job', async ({ server, folder, job }) => {
    const { url } = server.file(404);
    await job.addFile(url, join(folder, 'file.bin'));
    await job.resume();
    await expect(job.wait()).rejects.toThrow(JobError);
    const { state, error, errorCode } = await job.snapshot();
    expect(state).toBe('error');
    expect(errorCode).toBe('BG_E_HTTP_ERROR_404');
    expect(error).toBeInstanceOf(JobError);
    expect(error).toMatchObject({ code: 'BG_E_HTTP_ERROR_404', file: { remoteName: url } });
  });

  it('of a closed job rejects', async ({ job }) => {
    await job[Symbol.asyncDispose]();
    await expect(job.snapshot()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });
});

describe('getError', () => {
  it('returns the error with which wait() rejects', async ({ server, folder, job }) => {
    const { url } = server.file(404);
    const path = join(folder, 'file.bin');
    await job.addFile(url, path);
    await job.resume();
    const waited: unknown = await job.wait().catch((error: unknown) => error);
    const error = await job.getError();
    expect(error).toBeInstanceOf(JobError);
    expect(error).toBeInstanceOf(DosvcError);
    expect(error).toMatchObject({
      code: 'BG_E_HTTP_ERROR_404',
      hresult: 0x80190194,
      httpStatus: 404,
      context: service.errorContext,
      file: { remoteName: url, localName: path },
    });
    if (onWinesBits) {
      expect(error).toMatchObject({ description: null, contextDescription: null, protocol: null });
    }
    expect(waited).toEqual(error);
  });

  it('rejects if the job has no error', async ({ job }) => {
    await expect(job.getError()).rejects.toMatchObject({
      ...service.noError,
      operation: 'IBackgroundCopyJob::GetError',
    });
  });
});
