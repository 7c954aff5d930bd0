// SPDX-License-Identifier: MIT
// All clients share one service process, which the first of them starts.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { start } from '../processes/child.js';
import { Control } from '../stand-in/client/control.js';
import { connect, it } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';

const program = join(import.meta.dirname, 'programs/create.mjs');

describe('the stand-in', () => {
  it('runs as one process for six clients at once', async ({ control, folder }) => {
    const before = await control.count('process');
    const go = join(folder, 'go');
    const children = Array.from({ length: 6 }, () => start(program, [JSON.stringify(standIn), go]));
    await Promise.all(children.map((child) => child.said('ready')));
    // No child has connected yet. Without a running service, they all start one at once.
    await control.kill();
    writeFileSync(go, '');
    const endings = await Promise.all(children.map((child) => child.ended));

    const ids = endings.map(({ stdout }) => /job (.*)/.exec(stdout)?.[1]?.trim() ?? '');
    expect(endings.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      endings.map(() => ({ status: 0, stderr: '' })),
    );
    expect(new Set(ids).size).toBe(6);
    const after = await Control.connect();
    expect(await after.count('process')).not.toBe(before);
    // One process has all the jobs. Two processes would each have only their own.
    expect(await after.count('jobs')).toBe(6);
    await using manager = await connect();
    for (const id of ids) expect(await (await manager.getJob(id)).getState()).toBe('suspended');
    after.close();
  });
});
