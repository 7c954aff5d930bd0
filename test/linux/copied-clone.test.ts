// SPDX-License-Identifier: MIT
// A clone that was copied: its Windows still starts the stand-in of the clone that it was copied from,
// until it is installed anew.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const clone = join(import.meta.dirname, '../..');
const stamp = '.win/prefixes/main/drive_c/dosvc-stand-in/.dosvc-stamp';

/** Whether a clone takes its stand-in for installed. */
function isInstalled(root: string): string {
  const program = `
    const { installedStandIn } = await import('./tools/build/stand-in.mjs');
    const { isDone } = await import('./tools/setup/step.mjs');
    console.log(isDone(installedStandIn()));`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return `${stdout}${stderr}`.trim();
}

it('is not taken for one whose stand-in is installed', () => {
  const copy = mkdtempSync(join(tmpdir(), 'dosvc-copied-'));
  try {
    for (const name of ['package.json', 'package-lock.json', 'native', 'tools', 'test']) {
      cpSync(join(clone, name), join(copy, name), { recursive: true });
    }
    cpSync(join(clone, 'build/test'), join(copy, 'build/test'), { recursive: true });
    cpSync(join(clone, stamp), join(copy, stamp), { recursive: true });
    expect(isInstalled(clone)).toBe('true');
    expect(isInstalled(copy)).toBe('false');
  } finally {
    rmSync(copy, { recursive: true });
  }
});
