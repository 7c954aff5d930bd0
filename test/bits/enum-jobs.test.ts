// SPDX-License-Identifier: MIT
// enumJobs(): only BITS lists all jobs.

import { BackgroundCopyJob } from 'dosvc';
import { afterEach, describe, expect, vi } from 'vitest';
import { it } from '../service/fixtures.js';
import { binding } from '../binding/raw-binding.js';
import { service } from '../service/service.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('enumJobs', () => {
  it('returns jobs as usable objects', async ({ manager, job }) => {
    const jobs = await manager.enumJobs();
    const found = jobs.find(({ id }) => id === job.id);
    expect(found).toBeInstanceOf(BackgroundCopyJob);
    await found?.setDescription('found again');
    expect(await job.getDescription()).toBe('found again');
    expect(found).not.toBe(job);
  });

  it('lists the jobs of all users to an administrator', async ({ manager, job }) => {
    const jobs = await manager.enumJobs({ allUsers: true });
    expect(jobs.map(({ id }) => id)).toContain(job.id);
  });

  it('lists 200 jobs, each once, in one hop', async ({ manager, own }) => {
    const made = await Promise.all(
      Array.from({ length: 200 }, async (_, at) =>
        own(await manager.createJob(`dosvc ${String(at)}`)),
      ),
    );
    const hops = vi.spyOn(binding, 'invokeMany');
    const listed = (await manager.enumJobs()).map(({ id }) => id);
    expect(hops).toHaveBeenCalledOnce();
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
  });
});

it('createJob creates no job when it refuses its input', async ({ manager, own }) => {
  const name = `dosvc test ${crypto.randomUUID()}`;
  expect(await jobsCalled(name)).toBe(0);
  const bad = 'sideload' as 'download';
  await expect(manager.createJob(name, bad)).rejects.toThrow(TypeError);
  expect(await jobsCalled(name)).toBe(0);
  own(await manager.createJob(name));
  expect(await jobsCalled(name)).toBe(1);
});

/** The number of this user's jobs that have the name, read from the service itself. */
async function jobsCalled(name: string): Promise<number> {
  const call = async (handle: number, row: string, ...args: number[]) =>
    (await binding.invoke(handle, row, args, 60_000)).value;
  const { value } = await binding.connect([service.clsid, 'IBackgroundCopyManager'], 60_000);
  const manager = (value as { handle: number }).handle;
  const found = await call(manager, 'IBackgroundCopyManager::EnumJobs', 0);
  const jobs = found as readonly { handle: number }[];
  const names = await Promise.all(
    jobs.map(({ handle }) => call(handle, 'IBackgroundCopyJob::GetDisplayName')),
  );
  for (const handle of [manager, ...jobs.map((job) => job.handle)]) binding.release(handle);
  return names.filter((other) => other === name).length;
}
