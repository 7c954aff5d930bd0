// SPDX-License-Identifier: MIT
// lib/transfer/services/left-jobs.ts: the jobs that are left are listed once for transfers that begin
// together.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { refusal } from '../../../lib/errors.js';
import { LeftJobs } from '../../../lib/transfer/services/left-jobs.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const gone = refusal(0x800706ba, 'The service is gone.');

/** A manager whose lists of jobs the test answers. */
function manager() {
  const lists: { resolve: (jobs: never[]) => void; reject: (error: Error) => void }[] = [];
  const enumJobs = () =>
    new Promise<never[]>((resolve, reject) => {
      lists.push({ resolve, reject });
    });
  return { lists, service: { enumJobs } as never };
}

it('is remembered for a moment, unless this process leaves a job', async () => {
  const { lists, service } = manager();
  const jobs = new LeftJobs();
  const find = () => jobs.find(service, () => true);
  const both = [find(), find()];
  lists[0]?.resolve([]);
  expect(await Promise.all(both)).toEqual([[], []]);
  expect(lists).toHaveLength(1);
  jobs.forget();
  const third = find();
  await expect.poll(() => lists).toHaveLength(2);
  lists[1]?.resolve([]);
  expect(await third).toEqual([]);
  vi.advanceTimersByTime(1000);
  const fourth = find();
  lists[2]?.resolve([]);
  expect(await fourth).toEqual([]);
});

it('is not forgotten if an earlier list fails later, which only its caller hears of', async () => {
  const { lists, service } = manager();
  const jobs = new LeftJobs();
  const find = () => jobs.find(service, () => true);
  const first = find();
  vi.advanceTimersByTime(1000);
  const second = find();
  lists[1]?.resolve([]);
  expect(await second).toEqual([]);
  lists[0]?.reject(gone);
  await expect(first).rejects.toBe(gone);
  expect(await find()).toEqual([]);
  expect(lists).toHaveLength(2);
});
