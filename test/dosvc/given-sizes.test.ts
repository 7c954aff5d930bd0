// SPDX-License-Identifier: MIT
// What waits make of content that has another size than the one given for it.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { bytesOf } from '../http/served.js';
import { rejection } from '../promises/rejection.js';
import { it } from '../stand-in/client/downloads.js';

const mismatch = { name: 'DosvcError', code: 'ERR_DOSVC_SIZE_MISMATCH', hresult: undefined };

describe('a job with a size', () => {
  it('is transferred if every file has its size', async ({ server, folder, job }) => {
    const [one, two] = [join(folder, 'one.bin'), join(folder, 'two.bin')];
    await job.addFile(server.serve('one', { content: bytesOf(100) }), one.toUpperCase(), {
      size: 100,
    });
    await job.addFile(server.serve('two', { content: bytesOf(50) }), two);
    await job.resume();
    await expect(job.wait()).resolves.toBeUndefined();
  });

  it('is not, if the service takes a file for an earlier version', async ({
    server,
    folder,
    manager,
    job,
  }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    await job.addFile(url, join(folder, 'old.bin'), { size: 100 });
    await job.resume();
    await job.wait();
    server.serve('file', { content: bytesOf(150) });
    const path = join(folder, 'new.bin');
    const newer = await manager.createJob('newer');
    await newer.addFile(url, path, { size: 150 });
    await newer.resume();
    const error = await rejection(newer.wait());
    expect(error).toMatchObject(mismatch);
    expect(String(error)).toContain(
      `The file '${path}' has 100 bytes, not the 150 that were given`,
    );
    const watched = async () => {
      for await (const { filesTotal } of newer.watch()) expect(filesTotal).toBe(1);
    };
    expect(await rejection(watched())).toMatchObject(mismatch);
    expect(await newer.getState()).toBe('transferred');
  });

  it('is transferred if a listener completes it before the sizes are read', async ({
    server,
    folder,
    job,
  }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    await job.addFile(url, join(folder, 'file.bin'), { size: 100 });
    job.on('transferred', () => void job.complete());
    await job.resume();
    await expect(job.wait()).resolves.toBeUndefined();
  });

  it('is compared with it after the service restarted', async ({
    server,
    folder,
    control,
    job,
  }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    await job.addFile(url, join(folder, 'file.bin'), { size: 150 });
    await control.setFault('IBackgroundCopyJob::EnumFiles', 'die-before', 1);
    await job.resume();
    expect(await rejection(job.wait())).toMatchObject(mismatch);
  });

  it('is not compared with it if only ranges are requested', async ({ server, folder, job }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const ranges = [{ offset: 0, length: 10 }];
    await job.addFile(url, join(folder, 'part.bin'), { size: 100, ranges });
    await job.resume();
    await expect(job.wait()).resolves.toBeUndefined();
  });
});

describe('a download with a size', () => {
  it('fails to be waited for if it has another one', async ({ server, create }) => {
    const uri = server.serve('file', { content: bytesOf(100) });
    const download = await create(uri, { totalSizeBytes: 150 });
    await download.start();
    const error = await rejection(download.wait());
    expect(error).toMatchObject(mismatch);
    expect(String(error)).toContain('The download has 100 bytes, not the 150 that were given.');
    expect(await download.getStatus()).toMatchObject({ state: 'transferred', error: null });
  });

  it('is compared with it although a start was refused', async ({ server, create }) => {
    const uri = server.serve('file', { content: bytesOf(100), hold: 10 });
    const download = await create(uri, { totalSizeBytes: 150 });
    await download.start();
    const ranges = [{ offset: 0, length: 10 }];
    await expect(download.start(ranges)).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' });
    server.letGo();
    expect(await rejection(download.wait())).toMatchObject(mismatch);
  });

  it('ends its stream with the same error', async ({ server, downloads }) => {
    const uri = server.serve('file', { content: bytesOf(100) });
    const download = await downloads.createDownload({ uri, totalSizeBytes: 150 });
    const error = await rejection(download.stream().toArray());
    expect(error).toMatchObject(mismatch);
    expect(String(error)).toContain('Discard what the stream delivered: the download is aborted.');
  });

  it('is transferred if it has that size, or if only ranges are requested', async ({
    server,
    create,
  }) => {
    const uri = server.serve('file', { content: bytesOf(100) });
    const download = await create(uri);
    await download.setProperty('totalSizeBytes', 100);
    await download.start([{ offset: 0, length: 10 }]);
    await download.wait();
    await download.start([]);
    await download.wait();
    expect(await download.getStatus()).toMatchObject({ bytesTransferred: 100 });
  });
});
