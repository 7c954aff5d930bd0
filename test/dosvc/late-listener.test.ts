// SPDX-License-Identifier: MIT
// A listener that comes while the service is dead is served like those that were there before.

import { expect } from 'vitest';
import { killService } from './death.js';
import { it } from './fixtures.js';

it('a listener that comes while the service is dead is called back', async ({ job }) => {
  await killService();
  let modifications = 0;
  job.on('modification', () => modifications++);
  await job.getState();
  await expect.poll(() => job.getNotifyFlags()).toBe(3 | 8);
  await job.setNoProgressTimeout(60);
  await expect.poll(() => modifications).toBeGreaterThan(0);
});

it.for(['SetNotifyInterface', 'SetNotifyFlags'] as const)(
  'a listener of whose %s the service dies is called back, and warned of nothing',
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
