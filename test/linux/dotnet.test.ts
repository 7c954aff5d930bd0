// SPDX-License-Identifier: MIT
// tools/setup/dotnet.mjs does not count a dotnet that cannot build for .NET 10.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

interface Dotnet {
  hasDotnet: () => boolean;
}

const tool = pathToFileURL(join(import.meta.dirname, '../../tools/setup/dotnet.mjs')).href;
const { hasDotnet } = (await import(tool)) as Dotnet;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-dotnet-'));
  vi.stubEnv('PATH', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it.each([
  ['that of .NET 10 beside an older one', '8.0.404 [/sdk]\\n10.0.100 [/sdk]', true],
  ['an older one', '8.0.404 [/sdk]', false],
  ['a runtime alone', '', false],
])('recognises %s', (_, sdks, has) => {
  const program = `#!/bin/sh\n[ "$1" = --list-sdks ] && printf '${sdks}\\n'\n`;
  writeFileSync(join(folder, 'dotnet'), program, { mode: 0o755 });
  expect(hasDotnet()).toBe(has);
});

it('recognises that there is none', () => {
  expect(hasDotnet()).toBe(false);
});
