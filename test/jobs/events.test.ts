// SPDX-License-Identifier: MIT
// A job's events: which listeners receive them, and how often.

import { join } from 'node:path';
import type { JobProgress } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { run } from '../processes/child.js';
import { it, looked, settled } from '../service/fixtures.js';
import { service } from '../service/service.js';

describe("the event 'transferred'", () => {
  it('reaches each of two objects of one job once', async ({ server, folder, manager, job }) => {
    const other = await manager.getJob(job.id);
    const [first, second] = [vi.fn(), vi.fn()];
    job.on('transferred', first);
    other.on('transferred', second);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const ends = [settled(job), settled(other)];
    await job.resume();
    expect(await Promise.all(ends)).toEqual([true, true]);

    // Each further look sees the same state, and emits nothing.
    await looked(manager, job);
    await looked(manager, other);
    expect(first).toHaveBeenCalledExactlyOnceWith();
    expect(second).toHaveBeenCalledExactlyOnceWith();
  });

  it('is emitted once for each entry into the state', async ({ server, folder, manager, job }) => {
    const heard = vi.fn();
    job.on('transferred', heard);
    await job.addFile(server.file('whole', 'one.bin').url, join(folder, 'one.bin'));
    await job.resume();
    await expect.poll(() => heard.mock.calls.length).toBe(1);

    await job.addFile(server.file('held', 'two.bin').url, join(folder, 'two.bin'));
    await job.resume();
    await expect.poll(() => job.getState()).toBe('transferring');
    await looked(manager, job);
    expect(heard).toHaveBeenCalledTimes(1);
    server.letGo();
    await expect.poll(() => heard.mock.calls.length).toBe(2);
  });

  it('reaches a listener that was added after the state was entered', async ({
    server,
    folder,
    manager,
    job,
  }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const end = settled(job);
    await job.resume();
    await end;

    expect(await settled(job)).toBe(true);
    expect(await settled(await manager.getJob(job.id))).toBe(true);
  });

  it('does not reach a listener that was removed', async ({ server, folder, manager, job }) => {
    const other = await manager.getJob(job.id);
    const [removed, kept] = [vi.fn(), vi.fn()];
    job.on('transferred', removed);
    job.on('transferred', kept);
    job.off('transferred', removed);
    other.on('transferred', removed);
    other.off('transferred', removed);
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const end = settled(job);
    await job.resume();
    await end;
    await looked(manager, job);
    expect(kept).toHaveBeenCalledOnce();
    expect(removed).not.toHaveBeenCalled();
  });

  it('does not reach a job object that was closed', async ({ server, folder, manager, job }) => {
    const other = await manager.getJob(job.id);
    const heard = vi.fn();
    other.on('transferred', heard);
    await other.getState();
    await other[Symbol.asyncDispose]();
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const end = settled(job);
    await job.resume();
    await end;
    await looked(manager, job);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe("the event 'progress'", () => {
  it('is emitted at first, and then whenever the progress changes', async ({
    server,
    folder,
    job,
  }) => {
    const heard: JobProgress[] = [];
    job.on('progress', (progress) => heard.push(progress));
    await expect
      .poll(() => heard)
      .toEqual([{ bytesTotal: 0, bytesTransferred: 0, filesTotal: 0, filesTransferred: 0 }]);

    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const end = settled(job);
    await job.resume();
    await end;
    await expect.poll(() => heard.at(-1)?.filesTransferred).toBe(1);
    const distinct = new Set(heard.map((progress) => JSON.stringify(progress)));
    expect(distinct.size).toBe(heard.length);
    const bytes = heard.map(({ bytesTransferred }) => bytesTransferred);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });
});

describe('a listener that throws', () => {
  it('raises an uncaught exception, and the other listeners are still called', async ({
    server,
    folder,
    job,
  }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const { status, stdout, stderr } = await run(
      join(import.meta.dirname, 'programs/thrower.mjs'),
      [job.id, service.name],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim().split('\n').toSorted()).toEqual([
      'another event was heard',
      'another object heard',
      'uncaught: thrown by a listener',
    ]);
  });

  it('ends the process, as elsewhere in Node', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const { status, stderr } = await run(join(import.meta.dirname, 'programs/thrower.mjs'), [
      job.id,
      service.name,
      'uncaught',
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('thrown by a listener');
  });
});
