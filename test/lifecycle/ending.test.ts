// SPDX-License-Identifier: MIT
// The ways in which a process or a worker can end, whatever it has begun: the right exit status, no
// crash, no hang.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { underWine } from '../service/under-wine.js';
import { start } from './child.js';

const begun = ['nothing', 'a call', 'a listener'];

interface Way {
  ending: string;
  status: number | null;
  signal?: NodeJS.Signals;
  /** Part of what it says when it ends. */
  stdout?: string;
  stderr?: string;
  /** Whether a call that is pending keeps it alive. */
  waits?: true;
}

const ways: Way[] = [
  { ending: 'return', status: 0, waits: true },
  { ending: 'exit', status: 7 },
  { ending: 'throw', status: 1, stderr: 'thrown at the end' },
  { ending: 'reject', status: 1, stderr: 'rejected at the end' },
  { ending: 'killed', status: null, signal: 'SIGTERM' },
  { ending: 'worker return', status: 0, stdout: 'status of the worker: 0', waits: true },
  { ending: 'worker exit', status: 0, stdout: 'status of the worker: 7' },
  { ending: 'worker throw', status: 0, stdout: 'error of the worker: thrown at the end' },
  { ending: 'worker reject', status: 0, stdout: 'error of the worker: rejected at the end' },
  { ending: 'worker killed', status: 0, stdout: 'status of the worker: 1' },
];

const cases = ways.flatMap((way) => begun.map((having) => ({ ...way, having })));

describe('the end', () => {
  it.for(cases)('$ending, with $having', async (way, { server, folder, job }) => {
    const { ending, having, status, signal = null, stdout = '', stderr = '' } = way;
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    await job.resume();
    await expect.poll(() => server.holding).toBe(1);

    const child = start('ending.mjs', [ending, having, job.id]);
    await child.said('ready');
    const waits = way.waits === true && having === 'a call';
    if (waits) server.letGo();
    if (ending === 'killed') child.process.kill();
    const end = await child.ended;

    expect(end).toEqual({
      status,
      signal,
      stdout: expect.stringContaining(stdout) as string,
      stderr: stderr === '' ? '' : (expect.stringContaining(stderr) as string),
    });
    if (ending.startsWith('worker')) expect(end.stdout).toContain('main goes on: BG_E_NOT_FOUND');
    // A call that is lost is not waited for: it was still running. Only Wine's service takes long.
    expect(end.stdout.includes('cancelled: ')).toBe(waits);
    if (underWine) expect(server.holding).toBe(waits ? 0 : 1);
    if (having === 'a call') server.letGo();
    expect(await job.getState()).toBe(having === 'a call' ? 'cancelled' : 'transferring');
  });
});
