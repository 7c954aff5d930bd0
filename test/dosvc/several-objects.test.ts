// SPDX-License-Identifier: MIT
// Several objects of one job. The stand-in gives each of them an identity of its own, so that COM does
// not reveal that they belong together.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { killService } from '../stand-in/client/death.js';
import { connect, it } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const nothing = () => undefined;

describe('the object that listened first ends, then the service dies:', () => {
  const ways = ['its listener is removed', 'it is let go', 'its manager is closed'] as const;

  it.for(ways)('%s, and wait() on another continues', async (way, { folder, job, server }) => {
    await job.addFile(server.serve('file', { content: bytesOf(1000) }), join(folder, 'file.bin'));
    const other = await connect();
    const first = await other.getJob(job.id);
    first.on('progress', nothing);
    await first.getState();
    const waiting = awaitedLater(job.wait());
    await job.getState();
    if (way === 'its listener is removed') first.removeAllListeners();
    else if (way === 'it is let go') await first[Symbol.asyncDispose]();
    else await other.close();

    await killService();
    await job.getState();
    await job.resume();
    await waiting;
    expect(await job.getState()).toBe('transferred');
    await other.close();
  });

  it('wait() on an object fetched later continues', async ({ folder, job, manager, server }) => {
    await job.addFile(server.serve('file', { content: bytesOf(1000) }), join(folder, 'file.bin'));
    job.on('progress', nothing);
    await job.getState();
    await killService();
    const again = await manager.getJob(job.id);
    const waiting = awaitedLater(again.wait());
    await job[Symbol.asyncDispose]();
    await again.resume();
    await waiting;
    expect(await again.getState()).toBe('transferred');
  });
});

describe('calls on several objects', () => {
  it('keep their order', async ({ control, job, manager }) => {
    const other = await manager.getJob(job.id);
    await control.setFault('IBackgroundCopyJob::SetPriority', { delay: 300 }, 1);
    const calls = [job.setPriority('low'), other.setPriority('high')];
    await Promise.all(calls);
    expect(await job.getPriority()).toBe('high');
  });

  it('count alike: an error is emitted again after another object resumes the job', async ({
    control,
    folder,
    job,
    manager,
    server,
  }) => {
    const other = await manager.getJob(job.id);
    await control.setSwitch('drop-callbacks', 1);
    await control.setSwitch('refused', 0x80d03002);
    const heard: string[] = [];
    job.on('error', ({ code }) => heard.push(code));
    await job.addFile(server.serve('file', { content: bytesOf(10) }), join(folder, 'file.bin'));
    for (const [at, each] of [job, other].entries()) {
      await each.resume();
      await expect.poll(() => heard.length).toBe(at + 1);
    }
    expect(new Set(heard).size).toBe(1);
  });
});

describe('objects of several managers', () => {
  it('share one notify interface', async ({ job }) => {
    await using other = await connect();
    const again = await other.getJob(job.id);
    const callback = { jobTransferred: nothing };
    await job.setNotifyInterface(callback);
    expect(await again.getNotifyInterface()).toBe(callback);
    await again.setNotifyInterface(null);
    expect(await job.getNotifyInterface()).toBeNull();
  });

  it('leave flags alone that one of them set, until its manager is closed', async ({ job }) => {
    const other = await connect();
    await (await other.getJob(job.id)).setNotifyFlags(2);
    job.on('modification', nothing);
    expect(await job.getNotifyFlags()).toBe(2);
    job.removeAllListeners();
    await other.close();
    job.on('modification', nothing);
    expect(await job.getNotifyFlags()).toBe(2 | 8);
  });

  it('lose the notify interface when the manager that set it is closed', async ({ job }) => {
    const other = await connect();
    await (await other.getJob(job.id)).setNotifyInterface({ jobTransferred: nothing });
    await other.close();
    await expect.poll(() => job.getNotifyInterface()).toBeNull();
  });
});
