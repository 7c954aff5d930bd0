// SPDX-License-Identifier: MIT
// What a test of `dosvc get` needs: a server, and a folder that is the program's own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { HttpServer } from '../http/server.js';

export const it = test.extend<{ server: HttpServer; cwd: string }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
    async ({}, use) => {
      const server = await HttpServer.start();
      await use(server);
      await server.stop();
    },
    { scope: 'file' },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  cwd: async ({}, use) => {
    const cwd = mkdtempSync(join(tmpdir(), 'dosvc-get-'));
    await use(cwd);
    rmSync(cwd, { recursive: true });
  },
});
