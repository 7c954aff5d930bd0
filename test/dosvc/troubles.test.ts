// SPDX-License-Identifier: MIT
// Failures that happen once, or in the middle of something: listeners and pending waits survive them.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { Control } from '../stand-in/client/control.js';
import { killService } from '../stand-in/client/death.js';
import { begin, it, reach, slowly } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const CO_E_FAILEDTOIMPERSONATE = 0x80010123;
const E_ACCESSDENIED = 0x80070005;
const E_OUTOFMEMORY = 0x8007000e;
const RPC_S_SERVER_TOO_BUSY = 0x800706bb;

describe('a job whose re-fetch fails once recovers from', () => {
  it.for([
    ['CO_E_FAILEDTOIMPERSONATE', CO_E_FAILEDTOIMPERSONATE],
    ['E_ACCESSDENIED', E_ACCESSDENIED],
    ['E_OUTOFMEMORY', E_OUTOFMEMORY],
    ['RPC_S_SERVER_TOO_BUSY', RPC_S_SERVER_TOO_BUSY],
  ] as const)('%s', async ([, hresult], { folder, job, server }) => {
    const served = slowly(200_000);
    await job.addFile(server.serve('file', served), join(folder, 'file.bin'));
    const heard: string[] = [];
    job.on('transferred', () => heard.push('transferred'));
    job.on('warning', ({ code }) => heard.push(code));
    const waiting = awaitedLater(job.wait());
    await job.resume();
    await begin(job);
    await killService();
    const control = await Control.connect();
    await control.setFault('IBackgroundCopyManager::GetJob', { fail: hresult }, 1);
    server.hurry();
    await waiting;
    await expect.poll(() => heard).toEqual(['transferred']);
    expect(await control.count('callbacks-held')).toBe(1);
    control.close();
  });
});

describe('one look that fails', () => {
  it.for([
    ['CO_E_FAILEDTOIMPERSONATE', CO_E_FAILEDTOIMPERSONATE],
    ['E_OUTOFMEMORY', E_OUTOFMEMORY],
  ] as const)('does not end wait(): %s', async ([, hresult], { control, folder, job, server }) => {
    await job.addFile(server.serve('file', slowly(200_000)), join(folder, 'file.bin'));
    const waiting = awaitedLater(job.wait());
    await job.resume();
    await begin(job);
    await control.setFault('IBackgroundCopyJob::GetState', { fail: hresult }, 1);
    server.hurry();
    await waiting;
    expect(await job.getState()).toBe('transferred');
  });

  it('ends wait() if the next one fails, too', async ({ control, job }) => {
    const waiting = awaitedLater(job.wait());
    await job.getPriority();
    await control.setFault('IBackgroundCopyJob::GetState', { fail: E_OUTOFMEMORY });
    await expect(waiting).rejects.toMatchObject({ code: 'E_OUTOFMEMORY' });
  });
});

describe('wait() and watch()', () => {
  it('end when their object is closed, whether or not the service is alive', async ({ job }) => {
    const waiting = awaitedLater(job.wait());
    const watching = job.watch().next();
    await watching;
    await job[Symbol.asyncDispose]();
    const outcome = awaitedLater(
      expect(waiting).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' }),
    );
    await killService();
    await outcome;
  });

  it('end a pending step on watch().return()', async ({ job }) => {
    const watch = job.watch();
    expect(await watch.next()).toMatchObject({ value: { bytesTransferred: 0 } });
    const step = awaitedLater(watch.next());
    expect(await watch.return()).toEqual({ done: true, value: undefined });
    expect(await step).toEqual({ done: true, value: undefined });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });
});

describe('while the service is down', () => {
  it('calls on one object keep their order', async ({ job }) => {
    await killService(900);
    await expect(job.setPriority('foreground')).rejects.toMatchObject({ mayHaveRun: false });
    const calls = [awaitedLater(job.setPriority('low'))];
    // The first call now pauses longer between its retries than the calls after it.
    await sleep(500);
    calls.push(job.setPriority('high'), job.setPriority('normal'), job.setPriority('high'));
    await Promise.all(calls);
    expect(await job.getPriority()).toBe('high');
  });
});

describe('file names', () => {
  it('are read again if reading killed the service', async ({ control, folder, job, server }) => {
    const path = join(folder, 'file.bin');
    const url = server.serve('file', { content: bytesOf(10) });
    await job.addFile(url, path);
    await control.setFault('IBackgroundCopyFile::GetRemoteName', 'die-before', 1);
    expect(await job.enumFiles()).toMatchObject([{ remoteName: url, localName: path }]);
    const again = await Control.connect();
    await again.setFault('IBackgroundCopyFile::GetLocalName', 'die-before', 1);
    again.close();
    expect(await job.snapshot()).toMatchObject({ files: [{ remoteName: url, localName: path }] });
  });

  it('cause an error if the service does not return them', async ({
    control,
    folder,
    job,
    server,
  }) => {
    await job.addFile(server.serve('file', { content: bytesOf(10) }), join(folder, 'file.bin'));
    await control.setFault('IBackgroundCopyFile::GetLocalName', { fail: E_OUTOFMEMORY }, 1);
    await expect(job.enumFiles()).rejects.toMatchObject({
      code: 'E_OUTOFMEMORY',
      operation: 'IBackgroundCopyFile::GetLocalName',
    });
    expect(await job.enumFiles()).toHaveLength(1);
  });
});

describe('a file', () => {
  it('is re-fetched by its path', async ({ folder, job, server }) => {
    const paths = ['one.bin', 'two.bin'].map((name) => join(folder, name));
    for (const path of paths) {
      await job.addFile(server.serve('file', { content: bytesOf(10) }), path, { size: 10 });
    }
    const files = await job.enumFiles();
    await killService();
    for (const [at, file] of files.entries()) {
      expect(await file.getLocalName()).toBe(paths[at]);
      expect(await file.getProgress()).toMatchObject({ bytesTotal: 10, completed: false });
    }
    await job.resume();
    await reach(job, 'transferred');
  });

  it('that was added without a path is lost with the service, and reports so', async ({
    job,
    server,
  }) => {
    const url = server.serve('file', { content: bytesOf(10) });
    const added = await job.as('IDeliveryOptimizationJob2').addFile('id', url, []);
    // Wine fails alike for a dead service and a missing interface, so query the interface before.
    await added.setProperty('integrityCheckMandatory', false);
    await killService();
    await expect(added.setProperty('integrityCheckMandatory', true)).rejects.toMatchObject({
      code: 'RPC_S_SERVER_UNAVAILABLE',
      retryable: false,
      message: expect.stringContaining('fetch it again') as string,
    });
  });
});
