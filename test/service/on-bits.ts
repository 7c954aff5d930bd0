// SPDX-License-Identifier: MIT
// What each test on BITS itself has: a fresh service, a server, and a folder.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { HttpServer } from '../http/server.js';
import { renewWinesService } from './wines-service.js';

interface Fixtures {
  server: HttpServer;
  folder: string;
}

export const onBits = test.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  server: async ({}, use) => {
    await renewWinesService();
    const server = await HttpServer.start();
    await use(server);
    await server.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-transfer-'));
    await use(folder);
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  },
});
