// SPDX-License-Identifier: MIT
// A host whose file is not named node.exe, as in every Electron app.

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from '../processes/child.js';

describe('a renamed host', () => {
  it('loads the binary and connects', async ({ folder, job }) => {
    const node = join(folder, 'app.exe');
    copyFileSync(process.execPath, node);
    const { status, stdout, stderr } = await run('look.mjs', [job.id, 'bits'], { node });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ state: 'suspended', host: node });
  });
});
