// SPDX-License-Identifier: MIT
// One service for all clients, started by the first of them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { start } from '../lifecycle/child.js';
import { Control } from './control.js';
import { connect, it } from './fixtures.js';
import { standIn } from './installation.js';

const program = join(import.meta.dirname, 'programs/create.mjs');

describe('the stand-in', () => {
  it('is one process for six clients at once', async ({ control, folder }) => {
    const before = await control.count('process');
    const go = join(folder, 'go');
    const children = Array.from({ length: 6 }, () => start(program, [JSON.stringify(standIn), go]));
    await Promise.all(children.map((child) => child.said('ready')));
    // Nobody is connected to a service that runs.
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
    // One process has them all; two would each have their own.
    expect(await after.count('jobs')).toBe(6);
    await using manager = await connect();
    for (const id of ids) expect(await (await manager.getJob(id)).getState()).toBe('suspended');
    after.close();
  });
});
