// SPDX-License-Identifier: MIT
// @ts-check
// What a benchmark of downloads needs: addresses of files, and a folder to download them to, which is
// empty again before each batch.

import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { timed } from '../batch.mjs';

/**
 * @typedef {object} Files
 * @property {string} url of a file of so many bytes
 * @property {number} bytes
 * @property {number} count how many of them a batch fetches, one after the other
 */

/**
 * @template T
 * @param {(origin: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withServer(use) {
  const worker = new Worker(new URL('worker.mjs', import.meta.url));
  try {
    const [port] = await once(worker, 'message');
    return await use(`http://127.0.0.1:${String(port)}`);
  } finally {
    await worker.terminate();
  }
}

/**
 * A batch that fetches the files. The time of the processor is left out: it includes the server's.
 * @param {Files} files
 * @param {(url: string, file: string) => Promise<unknown>} fetchOne
 * @returns {import('../pairs.mjs').Side}
 */
export function fetching({ url, bytes, count }, fetchOne) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-benchmark-'));
    try {
      const paths = Array.from({ length: count }, (_, i) => join(folder, `${String(i)}.bin`));
      const { elapsed } = await timed(count, async () => {
        for (const path of paths) await fetchOne(url, path);
      });
      for (const path of paths) {
        if (statSync(path).size !== bytes) throw new Error(`${path} is not whole`);
      }
      if (readdirSync(folder).length !== count) throw new Error('A file was left over');
      return { elapsed };
    } finally {
      rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
    }
  };
}
