// SPDX-License-Identifier: MIT
// Clients that connect and close at the same time: each is answered.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../../stand-in/client/fixtures.js';
import { standIn } from '../../stand-in/client/installation.js';
import { start } from '../../processes/child.js';

const program = join(import.meta.dirname, '../programs/come-and-go.mjs');

describe('the class', () => {
  // Some clients activate the class while others release it. Each is a process, and activates one
  // object after another: if one process activates several at once, the COM of Wine 8 may give a
  // thread the proxy that another thread is destroying, and the process crashes. Wine 10 does not.
  it('answers each of many clients at once', async ({ control, folder }) => {
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
