// SPDX-License-Identifier: MIT
// Clients that come and go at the same time: each is answered.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../../dosvc/fixtures.js';
import { standIn } from '../../dosvc/installation.js';
import { start } from '../../lifecycle/child.js';

const program = join(import.meta.dirname, '../programs/come-and-go.mjs');

describe('the class', () => {
  // Some come while others let go of it. Each is a process, and activates one object after another:
  // where one process activates several at once, the COM of Wine 8 may give a thread the proxy that
  // another thread is just destroying, and the process dies of that. Wine 10 does not.
  it('answers each client of a crowd', async ({ control, folder }) => {
    const before = await control.count('process');
    const go = join(folder, 'go');
    const args = [JSON.stringify(standIn), go, '50'];
    const crowd = Array.from({ length: 6 }, () => start(program, args));
    await Promise.all(crowd.map((client) => client.said('ready')));
    writeFileSync(go, '');
    const endings = await Promise.all(crowd.map((client) => client.ended));
    expect(endings).toEqual(
      crowd.map(() => ({
        status: 0,
        signal: null,
        stdout: 'ready\nanswered each time\n',
        stderr: '',
      })),
    );
    expect(await control.count('process')).toBe(before);
  });
});
