// SPDX-License-Identifier: MIT
// The package as npm installs it with scripts disabled, under each Windows build of Node.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { hosts, it } from './app.js';

describe.for(hosts)('under $path', ({ path }) => {
  it('import and require share one instance, and both download', async ({
    app,
    server,
    folder,
  }) => {
    const { url, content } = server.file('whole');
    const files = [join(folder, 'imported.bin'), join(folder, 'required.bin')];
    const { status, stdout, stderr } = await app.run('use.mjs', [url, ...files], path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      codes: ['S_OK', 'S_OK'],
      // Importing loads no binary; the first call does, once.
      before: 0,
      after: 1,
      same: true,
      names: [],
      supported: true,
      version: expect.stringMatching(/^v\d+\./) as string,
    });
    for (const file of files) expect(readFileSync(file).equals(content)).toBe(true);
  });

  it('the package is supported', async ({ app }) => {
    const { status, stdout, stderr } = await app.run('try.cjs', [], path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ supported: true, connected: true });
  });
});
