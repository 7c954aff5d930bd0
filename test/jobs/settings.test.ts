// SPDX-License-Identifier: MIT
// Settings of a job that both services have. Those of BITS alone are in ../bits/settings.test.ts;
// those that Wine's BITS answers wrongly, or not at all, are in ../wine/wines-answers.ts.

import type { JobPriority } from 'dosvc';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { onWinesBits } from '../service/service.js';

const priorities: JobPriority[] = ['foreground', 'high', 'normal', 'low'];

describe('a new job', () => {
  it('has the id, the type and the name that it was created with', async ({ manager, own }) => {
    const name = 'dosvc test – ä 😀';
    const job = own(await manager.createJob(name));
    expect(await job.getId()).toBe(job.id);
    expect(await job.getType()).toBe('download');
    expect(await job.getDisplayName()).toBe(name);
  });

  it('can have a name of up to 256 characters', async ({ manager, own }) => {
    const name = 'x'.repeat(256);
    expect(await own(await manager.createJob(name)).getDisplayName()).toBe(name);
  });
});

describe('a job returns what was set:', () => {
  it('notify flags', async ({ job }) => {
    expect(await job.getNotifyFlags()).toBe(3);
    for (const flags of [1, 2, 8, 11]) {
      await job.setNotifyFlags(flags);
      expect(await job.getNotifyFlags()).toBe(flags);
    }
  });

  it('every priority, except on Wine’s BITS', async ({ job }) => {
    for (const priority of priorities) {
      await job.setPriority(priority);
      if (!onWinesBits) expect(await job.getPriority()).toBe(priority);
    }
  });
});

describe('notify flags that the service does not know', () => {
  it('reject with E_NOTIMPL, and the message does not call them unimplemented', async ({ job }) => {
    const error = await job.setNotifyFlags(0xffff).catch((error: unknown) => error);
    expect(error).toMatchObject({
      name: 'DosvcError',
      code: 'E_NOTIMPL',
      hresult: 0x80004001,
      operation: 'IBackgroundCopyJob::SetNotifyFlags',
      retryable: false,
      mayHaveRun: false,
    });
    expect((error as Error).message).not.toMatch(/implement/i);
    expect((error as Error).message).toContain('does not accept these flags');
    expect(await job.getNotifyFlags()).toBe(3);
  });
});
