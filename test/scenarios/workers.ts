// SPDX-License-Identifier: MIT
//
// Workers that share one job of the stand-in, in a process of their own.

import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { expect } from 'vitest';
import { run } from '../processes/child.js';
import type { Control } from '../stand-in/client/control.js';
import { standIn } from '../stand-in/client/installation.js';

const options = JSON.stringify(standIn);
const patience = 300_000;

/** Expects that workers that end as they begin to listen leave neither flags nor a notify interface. */
export async function expectNothingLeft(
  job: BackgroundCopyJob,
  control: Control,
  workers: number,
): Promise<void> {
  const flags = await job.getNotifyFlags();
  const ending = await run(
    join(import.meta.dirname, 'programs/hooked-workers.mjs'),
    [options, job.id, String(workers)],
    { patience },
  );
  expect(ending).toMatchObject({ status: 0, stdout: `${String(workers)} ended\n`, stderr: '' });
  expect(await job.getNotifyFlags()).toBe(flags);
  expect(await job.getNotifyInterface()).toBeNull();
  expect(await control.count('callbacks-held')).toBe(0);
}

/** Has one worker read the notify interface while another sets and withdraws it `times` times. */
export async function expectGivenBack(
  job: BackgroundCopyJob,
  control: Control,
  times: number,
): Promise<void> {
  const ending = await run(
    join(import.meta.dirname, 'programs/given-back.mjs'),
    [options, job.id, String(times)],
    { patience },
  );
  expect(ending).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^found .*foreign.*\n$/) as string,
    stderr: '',
  });
  expect(await control.count('callbacks-held')).toBe(0);
}
