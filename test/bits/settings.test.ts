// SPDX-License-Identifier: MIT
// Settings that BITS has and Delivery Optimization does not document: set on a job, and read back.

import type { JobType } from 'dosvc';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';

const types: JobType[] = ['download', 'upload', 'upload-reply'];

it.for(types)("a new job can have the type '%s'", async (type, { manager, own }) => {
  const job = own(await manager.createJob('dosvc test', type));
  expect(await job.getState()).toBe('suspended');
  expect(await job.getType()).toBe(type);
  expect(await job.snapshot()).toMatchObject({ type });
});

describe('a job returns what was set:', () => {
  it('a description, also an empty one', async ({ job }) => {
    for (const text of ['for Contoso – ä 😀', 'x'.repeat(1024), '']) {
      await job.setDescription(text);
      expect(await job.getDescription()).toBe(text);
      expect(await job.snapshot()).toMatchObject({ description: text });
    }
  });

  it('the service’s default delay and timeout', async ({ job }) => {
    for (const which of ['MinimumRetryDelay', 'NoProgressTimeout'] as const) {
      const seconds = await job[`get${which}`]();
      expect(seconds).toBeGreaterThan(0);
      await job[`set${which}`](seconds);
      expect(await job[`get${which}`]()).toBe(seconds);
    }
  });

  it('the flag that turns notifications off', async ({ job }) => {
    await job.setNotifyFlags(4);
    expect(await job.getNotifyFlags()).toBe(4);
  });
});
