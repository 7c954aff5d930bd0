// SPDX-License-Identifier: MIT
// A command in an unpacked Debian, here the machine's own: it sees the machine's processes and the clone,
// and leaves no mount behind.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { enter, whyNotEntered } from '../../tools/unpacked/enter.mjs';

const folder = mkdtempSync(join(tmpdir(), 'dosvc enter '));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

// Some containers permit no user namespace: then a command does not run at all.
const refused = whyNotEntered() !== undefined;

it('a command keeps its folder, environment, parent and exit status', () => {
  const before = readFileSync('/proc/self/mounts', 'utf8');
  const script = 'pwd; echo "$DOSVC_TEST $PPID" "$@"; exit 7';
  const [command = '', ...args] = enter('/', ['sh', '-c', script, 'sh', 'a b', '']);
  const env = { ...process.env, DOSVC_TEST: 'ü' };
  const { status, stdout } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
  expect({ status, stdout }).toEqual(
    refused
      ? { status: 1, stdout: '' }
      : { status: 7, stdout: `${folder}\nü ${String(process.pid)} a b \n` },
  );
  expect(readFileSync('/proc/self/mounts', 'utf8')).toBe(before);
});
