// SPDX-License-Identifier: MIT
// What keeps a process alive until its job is transferred: wait() and watch() at top level, and the
// listeners of a job after ref().

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { transferHalf } from '../service/transfer.js';
import { start } from '../processes/child.js';

describe('a process is kept alive', () => {
  it.for(['wait', 'watch', 'ref'])('by %s', async (way, { server, folder, job }) => {
    await transferHalf(server, job, folder);
    const child = start(join(import.meta.dirname, 'programs/hold.mjs'), [way, job.id]);
    await child.said('ready');
    server.letGo();
    expect(await child.ended).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^(ready\n)+transferred\nnothing left to do\n$/) as string,
      stderr: '',
    });
  });
});

describe('a process ends by itself', () => {
  it('after unref, whatever it listens to', async ({ server, folder, job }) => {
    await transferHalf(server, job, folder);
    const child = start(join(import.meta.dirname, 'programs/hold.mjs'), ['unref', job.id]);
    expect(await child.ended).toMatchObject({
      status: 0,
      stdout: 'ready\nnothing left to do\n',
      stderr: '',
    });
    expect(await job.getState()).toBe('transferring');
  });
});
