// SPDX-License-Identifier: MIT
// Installing npm packages: a registry that cannot be reached is a reason not to run a check, and every
// other failure of npm fails it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NotHere, ToolError } from '../../tools/command.mjs';
import { npmCi } from '../../tools/setup/packages.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-packages-'));
  vi.stubEnv('PATH', [folder, process.env.PATH].join(delimiter));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it.each([
  ['EAI_AGAIN', true],
  ['ENOTFOUND', true],
  ['EINTEGRITY', false],
  ['EUSAGE', false],
])('npm that fails with %s', async (code, isNotHere) => {
  const npm = `#!/bin/sh\necho 'npm error code ${code}' >&2\nexit 1\n`;
  writeFileSync(join(folder, 'npm'), npm, { mode: 0o755 });
  const error: unknown = await npmCi(folder).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ToolError);
  expect(error instanceof NotHere).toBe(isNotHere);
  expect((error as Error).message).toContain(code);
});
