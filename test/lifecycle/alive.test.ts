// SPDX-License-Identifier: MIT
// What keeps a process alive: calls that somebody waits for, and not listeners.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run, start } from './child.js';

describe('a process', () => {
  it('stays alive until its calls are settled', async ({ server, folder, job }) => {
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => server.holding).toBe(1);
    const child = start('alive.mjs', ['call', job.id]);
    await child.said('ready');
    server.letGo();
    expect(await child.ended).toMatchObject({
      status: 0,
      stdout: 'ready\nsettled\nnothing left to do\n',
      stderr: '',
    });
  });

  it('ends by itself where it has only listeners', async ({ server, folder, job }) => {
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    await job.resume();
    expect(await run('alive.mjs', ['listener', job.id])).toMatchObject({
      status: 0,
      stdout: 'ready\nnothing left to do\n',
      stderr: '',
    });
  });
});
