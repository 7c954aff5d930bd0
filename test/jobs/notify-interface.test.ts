// SPDX-License-Identifier: MIT
// setNotifyInterface(): functions that the service calls, on one sink together with listeners.

import { join } from 'node:path';
import { BackgroundCopyManager, JobError, type NotifyInterface } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { start } from '../processes/child.js';
import { it, looked, settled } from '../service/fixtures.js';
import { raw } from '../service/raw-job.js';
import { onWinesBits, options, service } from '../service/service.js';

const nothing = () => undefined;

describe('getNotifyInterface', () => {
  it('returns the object that was set, from each object of the job', async ({ manager, job }) => {
    expect(await job.getNotifyInterface()).toBeNull();
    const callback: NotifyInterface = { jobTransferred: nothing };
    await job.setNotifyInterface(callback);
    expect(await job.getNotifyInterface()).toBe(callback);
    const again = await manager.getJob(job.id);
    expect(await again.getNotifyInterface()).toBe(callback);
    expect(await raw(job.id, 'GetNotifyInterface')).toBe('ours');
  });

  it('returns null if there are only listeners', async ({ job }) => {
    job.on('transferred', nothing);
    expect(await job.getNotifyInterface()).toBeNull();
    expect(await raw(job.id, 'GetNotifyInterface')).toBe('ours');
  });

  it('returns the second of two, and only its functions are called', async ({
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

  it('returns null after null was set, and the service has no interface any more', async ({
    job,
  }) => {
    await job.setNotifyInterface({ jobError: nothing });
    await job.setNotifyInterface(null);
    expect(await job.getNotifyInterface()).toBeNull();
    expect(await raw(job.id, 'GetNotifyInterface')).toBeNull();
    expect(await job.getNotifyFlags()).toBe(3);
  });
});

describe('functions', () => {
  it('are called once, with the job, when it is transferred', async ({
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

  it('are called once, with the job and its error, when it fails', async ({
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

  it('are withdrawn by null, while listeners remain', async ({ server, folder, manager, job }) => {
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

  it('of a wrong type are refused, and the earlier ones remain', async ({ job }) => {
    const callback = { jobTransferred: nothing };
    await job.setNotifyInterface(callback);
    const bad = { jobError: 'no function' } as unknown as NotifyInterface;
    await expect(job.setNotifyInterface(bad)).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_TYPE',
    });
    expect(await job.getNotifyInterface()).toBe(callback);
  });

  it('are not called after close()', async ({ server, folder, manager, own }) => {
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
  it('displaces functions and listeners, which the poll still serves', async ({
    server,
    folder,
    job,
  }) => {
    const jobTransferred = vi.fn();
    await job.setNotifyInterface({ jobTransferred });
    const heard = settled(job);
    const child = start(join(import.meta.dirname, 'programs/notify.mjs'), [job.id, service.name]);
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

  it('keeps its interface when our listeners are removed, and null removes it', async ({ job }) => {
    job.on('transferred', nothing);
    await job.getState();
    const child = start(join(import.meta.dirname, 'programs/notify.mjs'), [job.id, service.name]);
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

describe.for(['complete', 'cancel'] as const)('after %s()', (end) => {
  it('the job has no interface of ours, and none to remove', async ({ manager, job }) => {
    const again = await manager.getJob(job.id);
    await job.setNotifyInterface({ jobTransferred: nothing });
    await job[end]();
    for (const one of [job, again]) {
      expect(await one.getNotifyInterface()).toBeNull();
      await expect(one.setNotifyInterface(null)).resolves.toBeUndefined();
    }
  });

  it('a listener hears no warning', async ({ job }) => {
    await job[end]();
    const warned = vi.fn();
    job.on('warning', warned);
    await new Promise((resolve) => job.once('progress', resolve));
    await job.getState();
    expect(warned).not.toHaveBeenCalled();
  });
});

it('jobModification is called, except by Wine’s BITS, which never does', async ({
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
