// SPDX-License-Identifier: MIT
// A process or a worker can end in any way, whatever it has begun, with the right exit status, no
// crash and no hang. Ends in the middle of a call are in ../dosvc/ending.test.ts.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { start } from '../processes/child.js';
import { expectEnd, ways } from '../processes/ways.js';

const begun = ['nothing', 'a listener'];
const cases = ways.flatMap((way) => begun.map((having) => ({ ...way, having })));
const bits = JSON.stringify({ service: 'bits' });

describe('a process or a worker ends correctly:', () => {
  it.for(cases)('$ending, with $having', async (way, { server, folder, job }) => {
    const { ending, having } = way;
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => server.holding).toBe(1);

    const child = start('ending.mjs', [ending, having, job.id, bits]);
    await child.said('ready');
    if (ending === 'killed') child.process.kill();
    expectEnd(await child.ended, way, 'BG_E_NOT_FOUND');
    expect(server.holding).toBe(1);
    expect(await job.getState()).toBe('transferring');
  });
});
