// SPDX-License-Identifier: MIT
// The job API through the library, including everything that Wine's BITS lacks.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AddedFile, type BackgroundCopyJob, type FileRange } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { killService } from '../stand-in/client/death.js';
import { begin, it, reach, slowly } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const noFlags = { mayHaveRun: false, retryable: false };

describe('a job', () => {
  it('can be suspended and resumed, even while it transfers', async ({ folder, job, server }) => {
    const served = slowly(1_000_000);
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', served), path);
    await job.suspend();
    expect(await job.getState()).toBe('suspended');
    const waiting = awaitedLater(job.wait());
    for (let times = 0; times < 3; times++) {
      const { bytesTransferred: before } = await job.getProgress();
      await job.resume();
      await expect
        .poll(async () => (await job.getProgress()).bytesTransferred)
        .toBeGreaterThan(before);
      await job.suspend();
      expect(await job.getState()).toBe('suspended');
      const { bytesTransferred } = await job.getProgress();
      await job.suspend();
      expect(await job.getProgress()).toMatchObject({ bytesTransferred, bytesTotal: 1_000_000 });
    }
    await job.resume();
    server.hurry();
    await waiting;
    await job.complete();
    expect(readFileSync(path).equals(served.content)).toBe(true);
  });

  it('accepts every priority, and keeps it', async ({ job }) => {
    expect(await job.getPriority()).toBe('normal');
    for (const priority of ['foreground', 'high', 'normal', 'low'] as const) {
      await job.setPriority(priority);
      expect(await job.getPriority()).toBe(priority);
      expect(await job.snapshot()).toMatchObject({ priority });
    }
    await killService();
    expect(await job.getPriority()).toBe('low');
  });

  it('has the no-progress timeout that was set', async ({ job }) => {
    for (const seconds of [60, 0, 0xffff_ffff]) {
      await job.setNoProgressTimeout(seconds);
      expect(await job.getNoProgressTimeout()).toBe(seconds);
    }
  });

  it('has times that go forward', async ({ folder, job, server }) => {
    const start = await job.getTimes();
    expect(start.creationTime).toBeInstanceOf(Date);
    expect(start.transferCompletionTime).toBeNull();
    await job.addFile(server.serve('file', { content: bytesOf(10) }), join(folder, 'file.bin'));
    await job.resume();
    await job.wait();
    const end = await job.getTimes();
    expect(end.creationTime).toEqual(start.creationTime);
    expect(Number(end.transferCompletionTime)).toBeGreaterThanOrEqual(Number(start.creationTime));
    expect(Number(end.modificationTime)).toBeGreaterThanOrEqual(Number(start.modificationTime));
  });

  it('continues where its connection was cut', async ({ folder, job, server }) => {
    const content = bytesOf(500_000);
    const path = join(folder, 'file.bin');
    const url = server.serve('file', { content, etag: '"1"', cuts: [100_000, 200_000] });
    await job.addFile(url, path);
    await job.resume();
    await job.wait();
    await job.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(server.asked.map(({ range }) => range)).toEqual([
      ...[undefined, 'bytes=0-499999', 'bytes=100000-499999', 'bytes=300000-499999'],
    ]);
  });

  it('has properties', async ({ control, folder, job, server }) => {
    for (const costFlags of ['always', 'not-roaming', 'standard'] as const) {
      await job.setProperty('costFlags', costFlags);
      expect(await job.getProperty('costFlags')).toBe(costFlags);
    }
    const clsid = '6c0b4a52-9b1f-4e0a-8f43-2d5c7a9e61d9';
    await job.setProperty('notificationClsid', clsid);
    expect(String(await job.getProperty('notificationClsid')).toLowerCase()).toContain(clsid);
    const unknown = { code: 'DO_E_UNKNOWN_PROPERTY_ID', ...noFlags };
    await expect(job.getProperty('onDemandMode')).rejects.toMatchObject(unknown);
    await expect(job.setProperty('maxDownloadSize', 1)).rejects.toMatchObject(unknown);

    const url = server.serve('file', { content: bytesOf(10) });
    await job.addFile(url, join(folder, 'file.bin'));
    await control.setSwitch('refused', 0x80d03002);
    await job.resume();
    await expect.poll(() => job.getState()).toBe('error');
    expect(await job.getProperty('extendedErrorInfo')).toContain(url);
    await expect(job.setProperty('extendedErrorInfo', 'x')).rejects.toMatchObject({
      code: 'DO_E_READ_ONLY_PROPERTY',
    });
  });
});

/** Methods that the service does not document: their slots fail, and the library reports so. */
const lacking: Record<string, (job: BackgroundCopyJob) => Promise<unknown>> = {
  AddFileSet: (job) => job.addFileSet([{ remoteName: 'http://127.0.0.1/', localName: 'C:\\x' }]),
  GetOwner: (job) => job.getOwner(),
  SetDisplayName: (job) => job.setDisplayName('x'),
  SetDescription: (job) => job.setDescription('x'),
  GetDescription: (job) => job.getDescription(),
  SetMinimumRetryDelay: (job) => job.setMinimumRetryDelay(60),
  GetMinimumRetryDelay: (job) => job.getMinimumRetryDelay(),
  GetErrorCount: (job) => job.getErrorCount(),
  SetProxySettings: (job) => job.setProxySettings('no-proxy'),
  GetProxySettings: (job) => job.getProxySettings(),
  TakeOwnership: (job) => job.takeOwnership(),
};

describe('a method that Delivery Optimization lacks', () => {
  it.for(Object.entries(lacking))('rejects with E_NOTIMPL: %s', async ([method, call], { job }) => {
    await expect(call(job)).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'E_NOTIMPL',
      operation: `IBackgroundCopyJob::${method}`,
      ...noFlags,
    });
    expect(await job.getState()).toBe('suspended');
  });

  it('rejects on the manager, too', async ({ manager }) => {
    await expect(manager.enumJobs()).rejects.toMatchObject({ code: 'E_NOTIMPL' });
    await expect(manager.getErrorDescription(1)).rejects.toMatchObject({ code: 'E_NOTIMPL' });
  });

  it('rejects with ERR_DOSVC_INTERFACE_MISSING, naming both sides', async ({ job }) => {
    const error = await job
      .as('IBackgroundCopyJob3')
      .getFileACLFlags()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_DOSVC_INTERFACE_MISSING', hresult: 0x80004002 });
    expect(String(error)).toContain('IBackgroundCopyJob3');
    expect(String(error)).toContain('Delivery Optimization');
    expect(await job.getState()).toBe('suspended');
  });
});

describe('a file', () => {
  it('has ranges, a size and an id', async ({ folder, job, server }) => {
    const content = bytesOf(100_000);
    const url = server.serve('file', { content });
    const ranges: FileRange[] = [
      { offset: 50_000, length: 'toEnd' },
      { offset: 10, length: 90 },
    ];
    await job.addFile(url, join(folder, 'a.bin'), { fileId: 'a', size: 100_000 });
    await job.addFile(url, join(folder, 'b.bin'), { fileId: 'b', ranges });
    await expect(job.addFile(url, join(folder, 'c.bin'), { fileId: 'a' })).rejects.toMatchObject({
      code: 'E_INVALIDARG',
      operation: 'IDeliveryOptimizationJob::AddFileWithRanges',
    });
    const [a, b] = await job.enumFiles();
    expect(await a?.getFileRanges()).toEqual([]);
    expect(await b?.getFileRanges()).toEqual(ranges);
    expect(await a?.getProgress()).toMatchObject({ bytesTotal: 100_000, bytesTransferred: 0 });
    await job.resume();
    await job.wait();
    await job.complete();
    expect(readFileSync(join(folder, 'a.bin')).equals(content)).toBe(true);
    const wanted = Buffer.concat([content.subarray(50_000), content.subarray(10, 100)]);
    expect(readFileSync(join(folder, 'b.bin')).equals(wanted)).toBe(true);
    expect(existsSync(join(folder, 'c.bin'))).toBe(false);
  });

  it('has the headers of its response', async ({ folder, job, server }) => {
    const url = server.serve('file', { content: bytesOf(10), etag: '"mark"' });
    await job.addFile(url, join(folder, 'file.bin'));
    const [file] = await job.enumFiles();
    await job.resume();
    await job.wait();
    expect(await file?.getProperty('httpResponseHeaders')).toMatch(/etag: "mark"/i);
    await expect(file?.setProperty('httpResponseHeaders', 'x')).rejects.toMatchObject({
      code: 'DO_E_READ_ONLY_PROPERTY',
    });
  });

  it('can get another address while the job is suspended', async ({ folder, job, server }) => {
    const content = bytesOf(1000, 2);
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('old', { content: bytesOf(1000) }), path);
    const [file] = await job.enumFiles();
    const url = server.serve('new', { content });
    await file?.setRemoteName(url);
    expect(await file?.getRemoteName()).toBe(url);
    await job.resume();
    await job.wait();
    await job.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(new Set(server.asked.map((asked) => asked.path))).toEqual(new Set(['/new']));
  });

  it('can be added without a path, which its properties set later', async ({
    folder,
    job,
    server,
  }) => {
    const content = bytesOf(1000);
    const path = join(folder, 'file.bin');
    const url = server.serve('file', { content });
    const file = await job.as('IDeliveryOptimizationJob2').addFile('id', url, []);
    if (!(file instanceof AddedFile)) return expect.fail('no file');
    await expect(job.resume()).rejects.toMatchObject({
      code: 'DO_E_FILE_DOWNLOADSINK_UNSPECIFIED',
    });
    await file.setProperty('downloadSinkFilePath', path);
    await file.setProperty('totalSizeBytes', 1000);
    await file.setProperty('integrityCheckMandatory', false);
    await file.setProperty('integrityCheckInfo', '{}');
    expect(await file.getProperty('downloadSinkFilePath')).toBe(path);
    expect(await file.getProperty('totalSizeBytes')).toBe(1000);
    expect(await file.getProperty('integrityCheckMandatory')).toBe(false);
    await expect(file.getProperty('integrityCheckInfo')).rejects.toMatchObject({
      code: 'DO_E_WRITE_ONLY_PROPERTY',
    });
    await expect(file.setProperty('downloadSinkFilePath', path)).rejects.toMatchObject({
      code: 'DO_E_FILE_DOWNLOADSINK_ALREADY_SET',
    });
    await job.resume();
    await reach(job, 'transferred');
    await job.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('and another one are both transferred', async ({ folder, job, server }) => {
    await job.addFile(server.serve('a', slowly(100_000)), join(folder, 'a.bin'));
    await job.addFile(server.serve('b', { content: bytesOf(10) }), join(folder, 'b.bin'));
    await job.resume();
    await begin(job);
    server.hurry();
    await job.wait();
    expect(await job.getProgress()).toMatchObject({ filesTotal: 2, filesTransferred: 2 });
  });
});
