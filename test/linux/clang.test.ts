// SPDX-License-Identifier: MIT
// tools/setup/debian.mjs names the clang that check:sdk needs if it cannot install it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';

interface Debian {
  installClang: () => Promise<void>;
}

const tool = pathToFileURL(join(import.meta.dirname, '../../tools/setup/debian.mjs')).href;
const { installClang } = (await import(tool)) as Debian;

it('names the clang that it needs if there is neither clang nor apt-get', async () => {
  vi.stubEnv('PATH', import.meta.dirname);
  await expect(installClang()).rejects.toThrow(
    /^npm run check:sdk needs clang 14, which Debian 12 has\.\n/,
  );
  vi.unstubAllEnvs();
});
