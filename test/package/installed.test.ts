// SPDX-License-Identifier: MIT
// The package as npm installs it with scripts disabled, under each Windows build of Node.

import { describe, expect } from 'vitest';
import { systemText } from '../system/system-text.js';
import { hosts, it } from '../installed/fixtures.js';

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

  it('explains a code of Windows in its own words, before any other call', async ({ app }) => {
    const win32 = 1219; // ERROR_SESSION_CREDENTIAL_CONFLICT, which has no entry
    const { status, stdout, stderr } = await app.run('explain.cjs', [String(win32)], path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { code, meaning } = JSON.parse(stdout) as { code: string; meaning: string };
    expect(code).toBe('0x800704C3');
    expect(meaning.replace(/\.$/, '')).toBe(systemText(win32).replace(/\.$/, ''));
  });
});
