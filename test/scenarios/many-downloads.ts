// SPDX-License-Identifier: MIT
// Many downloads at once: each is created, waited for and finalized.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DownloadManager } from 'dosvc';
import { expect } from 'vitest';
import type { Control } from '../stand-in/client/control.js';
import { bytesOf } from '../http/served.js';
import type { HttpServer } from '../http/server.js';

interface Given {
  control: Control;
  downloads: DownloadManager;
  folder: string;
  server: HttpServer;
}

export async function finalizeMany(given: Given, many: number): Promise<void> {
  const { control, downloads, folder, server } = given;
  const content = bytesOf(2000);
  const uri = server.serve('file', { content });
  const ended = await Promise.all(
    Array.from({ length: many }, async (_, at) => {
      const localPath = join(folder, `${String(at)}.bin`);
      const download = await downloads.createDownload({ uri, localPath });
      await download.start();
      await download.wait();
      await download.finalize();
      return readFileSync(localPath).equals(content);
    }),
  );
  expect(ended.filter((whole) => whole)).toHaveLength(many);
  expect(await control.count('downloads')).toBe(0);
}
