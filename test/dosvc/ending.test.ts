// SPDX-License-Identifier: MIT
// A process or a worker that ends in the middle of a call: an end that awaits the call waits for it,
// and any other end is immediate. The service holds the call as long as the test needs.

import { describe, expect } from 'vitest';
import { start } from '../processes/child.js';
import { expectEnd, ways } from '../processes/ways.js';
import { it } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';

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
    // The process does not wait for a call that it abandons: the call was still running.
    expect(end.stdout.includes('cancelled: ')).toBe(waits);
    expect(await control.count('hanging')).toBe(waits ? 0 : 1);
    await control.letGo();
    await expect.poll(() => job.getState()).toBe('cancelled');
  });
});

describe('the notify flags of a listener', () => {
  it.for(ways)('$ending', async (way, { job }) => {
    const before = await job.getNotifyFlags();
    const { ending } = way;
    const child = start('ending.mjs', [ending, 'a listener', job.id, service]);
    await child.said('ready');
    if (ending === 'killed') child.process.kill();
    expectEnd(await child.ended, way, 'DO_E_JOB_NOT_FOUND');
    // Only an end that runs the cleanup of the environment restores them.
    const restored = ending === 'return' || ending.startsWith('worker ');
    expect(await job.getNotifyFlags()).toBe(restored ? before : before | 8);
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
