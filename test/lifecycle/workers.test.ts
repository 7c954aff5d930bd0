// SPDX-License-Identifier: MIT
// Several environments in one process: each has its own, and none ends another's.

import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from './child.js';

describe('20 workers, of which some are terminated in the middle of a call', () => {
  it('leave the main thread and each other alone', async ({ manager, own }) => {
    const names = Array.from({ length: 21 }, (_, at) => `worker ${String(at)}`);
    const jobs = await Promise.all(names.map(async (name) => own(await manager.createJob(name))));
    const ids = jobs.map(({ id }) => id);
    const { status, stdout, stderr } = await run('workers.mjs', ids);
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
