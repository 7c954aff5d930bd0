// SPDX-License-Identifier: MIT
// Several environments in one process: each has its own objects, and none ends those of another.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from '../processes/child.js';

describe('20 workers, some of which are terminated in the middle of a call', () => {
  it('do not disturb the main thread or one another', async ({ manager, own }) => {
    const names = Array.from({ length: 21 }, (_, at) => `worker ${String(at)}`);
    const jobs = await Promise.all(names.map(async (name) => own(await manager.createJob(name))));
    const ids = jobs.map(({ id }) => id);
    const { status, stdout, stderr } = await run(
      join(import.meta.dirname, 'programs/workers.mjs'),
      ids,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const states = 'suspended,suspended,suspended,suspended';
    const round = [0, 1, 0, 1, 0].map((ending) => `${states} ${String(ending)}`);
    expect(JSON.parse(stdout)).toEqual({
      ends: [...round, ...round, ...round, ...round],
      state: 'suspended',
      called: true,
    });
  });
});
