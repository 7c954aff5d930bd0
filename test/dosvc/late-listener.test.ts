// SPDX-License-Identifier: MIT
// A listener that is added while the service is dead gets callbacks like those that were there before.

import { expect } from 'vitest';
import { killService } from '../stand-in/client/death.js';
import { it } from '../stand-in/client/fixtures.js';

it('a listener that is added while the service is dead gets callbacks', async ({ job }) => {
  await killService();
  let modifications = 0;
  job.on('modification', () => modifications++);
  await job.getState();
  await expect.poll(() => job.getNotifyFlags()).toBe(3 | 8);
  await job.setNoProgressTimeout(60);
  await expect.poll(() => modifications).toBeGreaterThan(0);
});

it.for(['SetNotifyInterface', 'SetNotifyFlags'] as const)(
  'a listener whose %s kills the service gets callbacks, and no warning',
  async (method, { control, job }) => {
    const warnings: string[] = [];
    job.on('warning', ({ code, operation }) => warnings.push(`${operation} ${code}`));
    await control.setFault(`IBackgroundCopyJob::${method}`, 'die-before');
    let modifications = 0;
    job.on('modification', () => modifications++);
    await job.getState();
    await expect.poll(() => job.getNotifyFlags()).toBe(3 | 8);
    await job.setNoProgressTimeout(60);
    await expect.poll(() => modifications).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  },
);
