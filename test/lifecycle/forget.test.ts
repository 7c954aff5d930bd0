// SPDX-License-Identifier: MIT
// What nobody can reach any more is let go; what somebody listens to is reached.

import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from './child.js';

interface Counts {
  handles: number;
  objects: number;
}

describe('a job that is not reachable any more', () => {
  it('lets its proxy go, unless it has listeners', async ({ job }) => {
    const { status, stdout, stderr } = await run('forget.mjs', [job.id], {
      flags: ['--expose-gc'],
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const counts = JSON.parse(stdout) as Record<string, Counts> & { heard: number };
    const { connected, fetched, collected, listening, kept, heard } = counts;
    expect(fetched?.handles).toBe((connected?.handles ?? 0) + 5);
    expect(fetched?.objects).toBeGreaterThan(connected?.objects ?? 0);
    expect(collected).toEqual(connected);
    // The job and its subscription.
    expect(listening?.handles).toBe((connected?.handles ?? 0) + 2);
    expect(kept?.handles).toBe(listening?.handles);
    expect(heard).toBe(1);
  });
});
