// SPDX-License-Identifier: MIT
// What the tests of download() on routes of their own have in common.

import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { downloadBy } from '../../../lib/transfer/call.js';
import type { TransferOptions, TransferResult } from '../../../lib/transfer/options.js';
import { FakeWays } from './routes.js';
import { folders } from './folder.js';

export const content = 'the content of the file';
export const sha256 = hashOf(content);
export const url = 'https://example.com/file.bin';

export function hashOf(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

export interface Scene {
  ways: FakeWays;
  folder: string;
  file: string;
  /** Downloads to the file by the routes of the test. */
  get: (options?: TransferOptions, from?: unknown) => Promise<TransferResult>;
  /** The same for another file. */
  to: (file: unknown) => (options?: TransferOptions) => Promise<TransferResult>;
  /** What is in the folder. */
  names: () => string[];
}

/** Returns what makes the scene of a test. */
export function scenes(): () => Scene {
  const makeFolder = folders();
  return () => {
    const ways = new FakeWays();
    const folder = makeFolder();
    const file = join(folder, 'file.bin');
    const call = (from: unknown, to: unknown, options?: TransferOptions) =>
      downloadBy(ways, { url: from, file: to, options }, '') as Promise<TransferResult>;
    return {
      ways,
      folder,
      file,
      get: (options, from = url) => call(from, file, options),
      to: (other) => (options) => call(url, other, options),
      names: () => readdirSync(folder),
    };
  };
}
