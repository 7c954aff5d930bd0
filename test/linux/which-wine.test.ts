// SPDX-License-Identifier: MIT
// Which Wine and which Node the tools use, and what they say if these do not exist.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../tools/clone.mjs';

function win(env: NodeJS.ProcessEnv) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'tools', 'win.mjs'), '--version'],
    { env: { ...process.env, ...env }, encoding: 'utf8' },
  );
  return { status, stderr };
}

it('an unknown Wine is refused', () => {
  expect(win({ DOSVC_WINE: '9' })).toEqual({
    status: 1,
    stderr: "DOSVC_WINE=9: use 10 or arm64, or leave it unset for this machine's Wine.\n",
  });
});

it.each([
  ['24', '', '10'],
  ['26', '', '10'],
  ['ia32', '', '10'],
  ['arm64', '', 'arm64'],
  ['22', 'arm64', '10'],
])('the Windows Node %s does not run with DOSVC_WINE=%s', (which, wine, needed) => {
  expect(win({ DOSVC_WINE: wine, DOSVC_NODE: which })).toEqual({
    status: 1,
    stderr: `The Windows Node ${which} needs another Wine: set DOSVC_WINE=${needed}.\n`,
  });
});
