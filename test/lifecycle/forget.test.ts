// SPDX-License-Identifier: MIT
// A job that the program can no longer reach is released; a job with listeners stays reachable.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from '../processes/child.js';

interface Counts {
  handles: number;
  objects: number;
}

describe('a job that is no longer reachable', () => {
  it('releases its proxy, unless it has listeners', async ({ job }) => {
    const { status, stdout, stderr } = await run(
      join(import.meta.dirname, 'programs/forget.mjs'),
      [job.id],
      {
        flags: ['--expose-gc'],
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const counts = JSON.parse(stdout) as Record<string, Counts> & { heard: number };
    const { connected, fetched, collected, left, listening, kept, heard } = counts;
    expect(fetched?.handles).toBe((connected?.handles ?? 0) + 5);
    expect(fetched?.objects).toBeGreaterThan(connected?.objects ?? 0);
    expect(collected).toEqual(connected);
    // Those whose flags were set, and which had a listener.
    expect(left).toEqual(connected);
    // The job and its subscription.
    expect(listening?.handles).toBe((connected?.handles ?? 0) + 2);
    expect(kept?.handles).toBe(listening?.handles);
    expect(heard).toBe(1);
  });
});
