// SPDX-License-Identifier: MIT
// Listeners do not keep a process alive. What does is in holding.test.ts, and for calls in
// ../dosvc/ending.test.ts.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from '../processes/child.js';

describe('a process', () => {
  it('ends by itself if it has only listeners', async ({ server, folder, job }) => {
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    await job.resume();
    const bits = JSON.stringify({ service: 'bits' });
    expect(await run('alive.mjs', ['listener', job.id, bits])).toMatchObject({
      status: 0,
      stdout: 'ready\nnothing left to do\n',
      stderr: '',
    });
  });
});
