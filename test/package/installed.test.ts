// SPDX-License-Identifier: MIT
// The package as npm installs it with scripts disabled, under each Windows build of Node.

import { describe, expect } from 'vitest';
import { hosts, it } from './app.js';

describe.for(hosts)('under $path', ({ path }) => {
  it('the package passes the smoke suite', async ({ app }) => {
    const { status, stdout, stderr } = await app.run(
      'smoke/smoke.mjs',
      ['--only', 'loader,bits'],
      path,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(
      stdout
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('ok: ')),
    ).toEqual([
      expect.stringMatching(/^Node \d+\.\d+\.\d+ on win32-\w+, dosvc \d/),
      expect.stringMatching(/^\d+ passed, 0 failed$/),
    ]);
  });
});
