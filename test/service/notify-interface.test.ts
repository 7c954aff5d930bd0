// SPDX-License-Identifier: MIT
// setNotifyInterface(): functions handed to the service, beside listeners, on one sink.

import { join } from 'node:path';
import { BackgroundCopyManager, JobError, type NotifyInterface } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { start } from '../lifecycle/child.js';
import { it, looked, settled } from './fixtures.js';
import { raw } from './raw-job.js';
import { onWinesBits, options, service } from './service.js';

const nothing = () => undefined;

describe('getNotifyInterface', () => {
  it('gives the same object that was set, by each object of the job', async ({ manager, job }) => {
    expect(await job.getNotifyInterface()).toBeNull();
    const callback: NotifyInterface = { jobTransferred: nothing };
    await job.setNotifyInterface(callback);
    expect(await job.getNotifyInterface()).toBe(callback);
    const again = await manager.getJob(job.id);
    expect(await again.getNotifyInterface()).toBe(callback);
    expect(await raw(job.id, 'GetNotifyInterface')).toBe('ours');
  });

  it('gives null where there are listeners only', async ({ job }) => {
    job.on('transferred', nothing);
    expect(await job.getNotifyInterface()).toBeNull();
    expect(await raw(job.id, 'GetNotifyInterface')).toBe('ours');
  });

  it('gives the second of two, whose functions alone are called', async ({
    server,
    folder,
    manager,
    job,
  }) => {
    const [first, second] = [{ jobTransferred: vi.fn() }, { jobTransferred: vi.fn() }];
    await job.setNotifyInterface(first);
    await (await manager.getJob(job.id)).setNotifyInterface(second);
    expect(await job.getNotifyInterface()).toBe(second);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => second.jobTransferred.mock.calls.length).toBe(1);
    await looked(manager, job);
    expect(first.jobTransferred).not.toHaveBeenCalled();
    expect(second.jobTransferred).toHaveBeenCalledOnce();
  });

  it('gives null after null, and nothing stands there any more', async ({ job }) => {
    await job.setNotifyInterface({ jobError: nothing });
    await job.setNotifyInterface(null);
    expect(await job.getNotifyInterface()).toBeNull();
    expect(await raw(job.id, 'GetNotifyInterface')).toBeNull();
    expect(await job.getNotifyFlags()).toBe(3);
  });
});

describe('functions', () => {
  it('are called with the job when it is transferred, once', async ({
    server,
    folder,
    manager,
    job,
  }) => {
    const callback = { jobTransferred: vi.fn(), jobError: vi.fn() };
    await job.setNotifyInterface(callback);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => callback.jobTransferred.mock.calls.length).toBe(1);
    await looked(manager, job);
    expect(callback.jobTransferred.mock.calls).toEqual([[job]]);
    expect(callback.jobTransferred.mock.calls[0]?.[0]).toBe(job);
    expect(callback.jobTransferred.mock.contexts[0]).toBe(callback);
    expect(callback.jobError).not.toHaveBeenCalled();
  });

  it('are called with the job and its error when it fails, once', async ({
    server,
    folder,
    manager,
    job,
  }) => {
    const { url } = server.file(404);
    const callback = { jobTransferred: vi.fn(), jobError: vi.fn() };
    await job.setNotifyInterface(callback);
    await job.addFile(url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => callback.jobError.mock.calls.length).toBe(1);
    await looked(manager, job);
    const [[failed, error] = []] = callback.jobError.mock.calls as unknown[][];
    expect(failed).toBe(job);
    expect(error).toBeInstanceOf(JobError);
    expect(error).toMatchObject({ code: 'BG_E_HTTP_ERROR_404', file: { remoteName: url } });
    expect(callback.jobError).toHaveBeenCalledOnce();
    expect(callback.jobTransferred).not.toHaveBeenCalled();
  });

  it('may be methods of a class', async ({ server, folder, job }) => {
    class Watcher implements NotifyInterface {
      readonly seen: string[] = [];
      jobTransferred({ id }: { id: string }) {
        this.seen.push(id);
      }
    }
    const watcher = new Watcher();
    await job.setNotifyInterface(watcher);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => watcher.seen).toEqual([job.id]);
  });

  it('and listeners do not displace one another', async ({ server, folder, job }) => {
    const jobTransferred = vi.fn();
    const heard = settled(job);
    await job.setNotifyInterface({ jobTransferred });
    const later = settled(job);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    expect(await Promise.all([heard, later])).toEqual([true, true]);
    await expect.poll(() => jobTransferred.mock.calls.length).toBe(1);
  });

  it('are withdrawn by null, while listeners stay', async ({ server, folder, manager, job }) => {
    const jobTransferred = vi.fn();
    await job.setNotifyInterface({ jobTransferred });
    const heard = settled(job);
    await job.setNotifyInterface(null);
    expect(await job.getNotifyInterface()).toBeNull();
    expect(await raw(job.id, 'GetNotifyInterface')).toBe('ours');
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    expect(await heard).toBe(true);
    await looked(manager, job);
    expect(jobTransferred).not.toHaveBeenCalled();
  });

  it('that are bad are refused, and what was set stays', async ({ job }) => {
    const callback = { jobTransferred: nothing };
    await job.setNotifyInterface(callback);
    const bad = { jobError: 'no function' } as unknown as NotifyInterface;
    await expect(job.setNotifyInterface(bad)).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_TYPE',
    });
    expect(await job.getNotifyInterface()).toBe(callback);
  });

  it('are silent after close()', async ({ server, folder, manager, own }) => {
    const other = await BackgroundCopyManager.connect(options);
    const job = own(await other.createJob('dosvc test'));
    const jobTransferred = vi.fn();
    await job.setNotifyInterface({ jobTransferred });
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await other.close();
    await expect(job.getNotifyInterface()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
    const again = await manager.getJob(job.id);
    await again.resume();
    await again.wait();
    await looked(manager, again);
    expect(jobTransferred).not.toHaveBeenCalled();
  });
});

describe('another process', () => {
  it('displaces functions and listeners, which live on the poll', async ({
    server,
    folder,
    job,
  }) => {
    const jobTransferred = vi.fn();
    await job.setNotifyInterface({ jobTransferred });
    const heard = settled(job);
    const child = start('notify.mjs', [job.id, service.name]);
    await child.said('set');
    expect(await job.getNotifyInterface()).toEqual({ foreign: true });

    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    expect(await heard).toBe(true);
    await expect.poll(() => jobTransferred.mock.calls.length).toBe(1);
    const { status, stdout, stderr } = await child.ended;
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'set\ncalled with its job\n',
      stderr: '',
    });
  });

  it('keeps its interface where ours are taken back, and null removes it', async ({ job }) => {
    job.on('transferred', nothing);
    await job.getState();
    const child = start('notify.mjs', [job.id, service.name]);
    await child.said('set');
    job.removeAllListeners();
    await job.getState();
    expect(await job.getNotifyInterface()).toEqual({ foreign: true });
    await job.setNotifyInterface(null);
    expect(await job.getNotifyInterface()).toBeNull();
    child.process.kill();
    await child.ended;
  });
});

it('jobModification is called, but by Wine’s BITS, which never says it', async ({
  server,
  folder,
  job,
}) => {
  const jobModification = vi.fn();
  await job.setNotifyInterface({ jobModification });
  expect(await job.getNotifyFlags()).toBe(11);
  await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
  await job.resume();
  await job.wait();
  if (onWinesBits) expect(jobModification).not.toHaveBeenCalled();
  else await expect.poll(() => jobModification.mock.calls[0]).toEqual([job]);
});
