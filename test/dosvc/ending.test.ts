// SPDX-License-Identifier: MIT
// A process or a worker that ends in the middle of a call: one that is awaited is waited for, any
// other end comes at once. The service holds the call as long as the test wants.

import { describe, expect } from 'vitest';
import { start } from '../lifecycle/child.js';
import { expectEnd, ways } from '../lifecycle/ways.js';
import { it } from './fixtures.js';
import { standIn } from './installation.js';

const service = JSON.stringify(standIn);

describe('the end in the middle of a call', () => {
  it.for(ways)('$ending', async (way, { control, job }) => {
    const { ending, waits = false } = way;
    await control.setFault('IBackgroundCopyJob::Cancel', 'hang', 1);
    const child = start('ending.mjs', [ending, 'a call', job.id, service]);
    await child.said('ready');
    expect(await control.count('hanging')).toBe(1);
    if (waits) await control.letGo();
    if (ending === 'killed') child.process.kill();
    const end = await child.ended;

    expectEnd(end, way, 'DO_E_JOB_NOT_FOUND');
    // A call that is lost is not waited for: it was still running.
    expect(end.stdout.includes('cancelled: ')).toBe(waits);
    expect(await control.count('hanging')).toBe(waits ? 0 : 1);
    await control.letGo();
    await expect.poll(() => job.getState()).toBe('cancelled');
  });
});

describe('a process', () => {
  it('stays alive until its calls are settled', async ({ control, job }) => {
    await control.setFault('IBackgroundCopyJob::Cancel', 'hang', 1);
    const child = start('alive.mjs', ['call', job.id, service]);
    await child.said('ready');
    await expect.poll(() => control.count('hanging')).toBe(1);
    await control.letGo();
    expect(await child.ended).toMatchObject({
      status: 0,
      stdout: 'ready\nsettled\nnothing left to do\n',
      stderr: '',
    });
  });
});
