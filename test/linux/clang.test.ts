// SPDX-License-Identifier: MIT
// tools/setup/debian.mjs: where the clang of check:sdk is not to be had, it says which it needs.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';

interface Debian {
  installClang: () => void;
}

const tool = pathToFileURL(join(import.meta.dirname, '../../tools/setup/debian.mjs')).href;
const { installClang } = (await import(tool)) as Debian;

it('says which clang it needs where there is none, and no apt-get either', () => {
  vi.stubEnv('PATH', import.meta.dirname);
  expect(installClang).toThrow(/^npm run check:sdk needs clang 14, which Debian 12 has\.\n/);
  vi.unstubAllEnvs();
});
