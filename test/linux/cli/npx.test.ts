// SPDX-License-Identifier: MIT
// npx runs the program of the packed package, without an installation and without the network.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../../tools/command.mjs';

it('npx runs dosvc', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-npx-'));
  try {
    run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder]);
    const [tarball = ''] = readdirSync(folder);
    const npx = ['--yes', '--offline', '--cache', join(folder, 'cache'), '--package'];
    const words = [...npx, join(folder, tarball), 'dosvc', 'explain', '0x80D02003', '--json'];
    expect(JSON.parse(run('npx', words, { cwd: folder }))).toMatchObject({
      kind: 'explanation',
      code: 'DO_E_JOB_NOT_FOUND',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
