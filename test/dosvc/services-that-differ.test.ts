// SPDX-License-Identifier: MIT
// What services do differently, and what a listener and a caller that waits make of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DownloadManager, type BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { rejection } from '../promises/rejection.js';
import { it, reach } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';

const E_NOTIMPL = 0x80004001;
const BG_E_INVALID_STATE = 0x80200002;
const DO_E_ERROR_INFORMATION_UNAVAILABLE = 0x80d02014;

function record(job: BackgroundCopyJob): string[] {
  const heard: string[] = [];
  job.on('transferred', () => heard.push('transferred'));
  job.on('error', ({ code }) => heard.push(`error ${code}`));
  job.on('warning', ({ code }) => heard.push(`warning ${code}`));
  return heard;
}

describe('a job that has ended', () => {
  it.for([0, 1])('refuses a notify interface or not: %i', async (allows, { control, job }) => {
    await control.setSwitch('sink-after-end', allows);
    const heard = record(job);
    await job.cancel();
    const set = job.setNotifyInterface({ jobError: () => undefined });
    if (allows) await set;
    else await expect(set).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' });
    job.removeAllListeners();
    expect(await job.getState()).toBe('cancelled');
    expect(heard).toEqual([]);
  });
});

describe('a job that fails', () => {
  it.for([
    ['without JobError', 'silent-errors', 1],
    ['without any callback', 'drop-callbacks', 1],
  ] as const)(
    '%s is found by the poll',
    async ([, name, value], { control, folder, job, server }) => {
      const statuses = [404, 404];
      const url = server.serve('file', { content: bytesOf(1), statuses });
      await job.addFile(url, join(folder, 'file.bin'));
      await control.setSwitch(name, value);
      const heard = record(job);
      for (let times = 1; times <= 2; times++) {
        await job.resume();
        const error = await rejection(job.wait());
        expect(error).toMatchObject({ name: 'JobError', hresult: 0x80190194 });
        await expect.poll(() => heard).toHaveLength(times);
      }
      await job.resume();
      await job.wait();
      await expect.poll(() => heard).toHaveLength(3);
      expect(heard.at(-1)).toBe('transferred');
    },
  );

  it('without error information ends wait() all the same', async ({
    control,
    folder,
    job,
    server,
  }) => {
    const url = server.serve('file', { content: bytesOf(1), statuses: [404] });
    await job.addFile(url, join(folder, 'file.bin'));
    await control.setSwitch('silent-errors', 1);
    const fault = { fail: DO_E_ERROR_INFORMATION_UNAVAILABLE };
    await control.setFault('IBackgroundCopyJob::GetError', fault);
    const heard = record(job);
    await job.resume();
    const error = await rejection(job.wait());
    expect(error).toMatchObject({ name: 'JobError', context: 'unknown', file: null });
    await expect.poll(() => heard).toHaveLength(1);
    const code = 'DO_E_ERROR_INFORMATION_UNAVAILABLE';
    expect(await job.getError()).toMatchObject({ name: 'JobError', code });
    expect(await job.snapshot()).toMatchObject({ state: 'error', errorCode: code });
    await job.resume();
    await job.wait();
  });
});

describe('a service without Suspend, GetPriority and GetTimes', () => {
  it('transfers, and its snapshots lack what it does not say', async ({
    control,
    folder,
    job,
    server,
  }) => {
    for (const method of ['Suspend', 'GetPriority', 'GetTimes']) {
      await control.setFault(`IBackgroundCopyJob::${method}`, { fail: E_NOTIMPL });
    }
    const url = server.serve('file', { content: bytesOf(10) });
    await job.addFile(url, join(folder, 'file.bin'));
    for (const call of [job.suspend(), job.getPriority(), job.getTimes()]) {
      await expect(call).rejects.toMatchObject({ code: 'E_NOTIMPL' });
    }
    expect(await job.snapshot()).toMatchObject({
      ...{ state: 'suspended', priority: null, times: null },
      files: [{ remoteName: url }],
    });
    await job.resume();
    await job.wait();
    expect(await job.complete()).toMatchObject({ code: 'S_OK' });
  });
});

describe('Complete that succeeds in part, and does not end the job', () => {
  it('leaves a job that goes on', async ({ control, folder, job, server }) => {
    const content = bytesOf(10);
    const one = join(folder, 'one');
    await job.addFile(server.serve('one', { content }), one);
    await job.addFile(server.serve('two', { content, hold: 0 }), join(folder, 'two'));
    await control.setSwitch('keeps-partial', 1);
    const heard = record(job);
    const ended = job.wait();
    await job.resume();
    await expect.poll(async () => (await job.getProgress()).filesTransferred).toBe(1);
    expect(await job.complete()).toMatchObject({ code: 'BG_S_PARTIAL_COMPLETE' });
    expect(readFileSync(one).equals(content)).toBe(true);
    await reach(job, 'suspended');
    server.letGo();
    await job.resume();
    await ended;
    await expect.poll(() => heard).toEqual(['transferred']);
    expect(await job.complete()).toMatchObject({ code: 'S_OK' });
    expect(readFileSync(join(folder, 'two')).equals(content)).toBe(true);
  });
});

describe('a service without IDOManager', () => {
  it('has jobs, and says that it has no downloads', async ({ control, job }) => {
    await control.setSwitch('no-download-manager', 1);
    await expect(DownloadManager.connect(standIn)).rejects.toMatchObject({
      code: 'ERR_DOSVC_INTERFACE_MISSING',
      message: expect.stringContaining('does not implement IDOManager on this system') as string,
    });
    expect(await job.getState()).toBe('suspended');
  });
});

describe("a service with BITS' codes", () => {
  it('is understood', async ({ control, manager, job }) => {
    await control.setSwitch('bits-codes', 1);
    await expect(job.resume()).rejects.toMatchObject({ code: 'BG_E_EMPTY' });
    await expect(job.getError()).rejects.toMatchObject({
      code: 'BG_E_ERROR_INFORMATION_UNAVAILABLE',
    });
    await job.cancel();
    await expect(job.resume()).rejects.toMatchObject({ code: 'BG_E_INVALID_STATE' });
    await expect(manager.getJob(job.id)).rejects.toMatchObject({ code: 'BG_E_NOT_FOUND' });
  });

  it('may have ended a download that is disposed of', async ({ control }) => {
    const downloads = await DownloadManager.connect(standIn);
    const download = await downloads.createDownload();
    await control.setSwitch('bits-codes', 1);
    await control.setFault('IDODownload::Abort', { fail: BG_E_INVALID_STATE }, 1);
    await expect(download[Symbol.asyncDispose]()).resolves.toBeUndefined();
    await downloads.close();
  });
});
