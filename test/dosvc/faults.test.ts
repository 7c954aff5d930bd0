// SPDX-License-Identifier: MIT
// The faults that a test can set for the service's methods. After each of them, the next call works.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { Control } from '../stand-in/client/control.js';
import { connect, it } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const getState = 'IBackgroundCopyJob::GetState';
const setPriority = 'IBackgroundCopyJob::SetPriority';

describe('a method', () => {
  it('fails once, several times, or until the fault is cleared', async ({ control, job }) => {
    await control.setFault(getState, { fail: 0x80010123 }, 1);
    await expect(job.getState()).rejects.toMatchObject({ code: 'CO_E_FAILEDTOIMPERSONATE' });
    expect(await job.getState()).toBe('suspended');

    await control.setFault(setPriority, { fail: 0x80070005 }, 2);
    for (let i = 0; i < 2; i++) {
      await expect(job.setPriority('low')).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    }
    expect(await job.getPriority()).toBe('normal');
    await job.setPriority('low');
    expect(await job.getPriority()).toBe('low');

    await control.setFault(setPriority, { fail: 0x80d03002 });
    for (let i = 0; i < 3; i++) {
      await expect(job.setPriority('high')).rejects.toMatchObject({ hresult: 0x80d03002 });
    }
    await control.clearFault(setPriority);
    await job.setPriority('high');
    expect(await job.getPriority()).toBe('high');
  });

  it('fails on the manager, too', async ({ control, manager }) => {
    await control.setFault('IBackgroundCopyManager::CreateJob', { fail: 0x8007000e }, 1);
    await expect(manager.createJob('x')).rejects.toMatchObject({ code: 'E_OUTOFMEMORY' });
    expect(await control.count('jobs')).toBe(0);
    await manager.createJob('x');
    expect(await control.count('jobs')).toBe(1);
  });

  it('is slow', async ({ control, job }) => {
    await control.setFault(getState, { delay: 1000 }, 1);
    const order: string[] = [];
    const slow = awaitedLater(
      job.getState().then((state) => {
        order.push(String(state));
      }),
    );
    await expect.poll(() => control.count(`calls ${getState}`)).toBeGreaterThan(0);
    order.push('other');
    await slow;
    expect(order).toEqual(['other', 'suspended']);
  });

  it('is so slow that suspend() may overtake it, but not the resume() in between', async ({
    control,
    job,
    server,
    folder,
  }) => {
    const url = server.serve('file', { content: bytesOf(100_000) });
    await job.addFile(url, join(folder, 'file.bin'));
    await control.setFault(getState, { delay: 1000 }, 1);
    const calls = [job.getState(), job.resume(), job.suspend()];
    await Promise.all(calls);
    expect(await job.getState()).toBe('suspended');
  });

  it('hangs until it is let go, and holds up no other job', async ({ control, job, manager }) => {
    const other = await manager.createJob('another');
    await control.setFault(setPriority, 'hang', 1);
    let answered = false;
    const hanging = awaitedLater(
      job.setPriority('low').then(() => {
        answered = true;
      }),
    );
    await expect.poll(() => control.count('hanging')).toBe(1);
    await other.setPriority('foreground');
    expect(await other.getState()).toBe('suspended');
    expect(answered).toBe(false);
    await control.letGo();
    await hanging;
    expect(await control.count('hanging')).toBe(0);
    expect(await job.getPriority()).toBe('low');
  });

  it('kills the process before it has done anything', async ({ control, job }) => {
    await control.setFault(setPriority, 'die-before');
    await expect(job.setPriority('low')).rejects.toThrow();
    await using manager = await connect();
    expect(await (await manager.getJob(job.id)).getPriority()).toBe('normal');
  });

  it('kills the process after it has done everything', async ({ control, job }) => {
    await control.setFault(setPriority, 'die-after');
    await expect(job.setPriority('low')).rejects.toThrow();
    await using manager = await connect();
    expect(await (await manager.getJob(job.id)).getPriority()).toBe('low');
  });
});

describe('the service', () => {
  it('takes time to restart after its death', async ({ control, manager }) => {
    await control.setSwitch('restart-pause', 1000);
    await control.kill();
    await expect.poll(() => manager.createJob('x').catch(() => 'failed')).toBe('failed');
    await expect(connect()).rejects.toMatchObject({ code: 'RPC_S_SERVER_UNAVAILABLE' });
    const back = await Control.connect();
    await (await connect()).close();
    back.close();
  });

  it('forgets the faults that were set before its death', async ({ control, job }) => {
    await control.setFault(getState, { fail: 0x80004005 });
    await control.kill();
    await sleep(50);
    const back = await Control.connect();
    back.close();
    await using manager = await connect();
    expect(await (await manager.getJob(job.id)).getState()).toBe('suspended');
  });

  it('refuses unknown switches and counters', async ({ control }) => {
    await expect(control.setSwitch('nonsense' as 'refused', 1)).rejects.toThrow('0x80070057');
    await expect(control.count('nonsense' as 'jobs')).rejects.toThrow('0x80070057');
  });
});
