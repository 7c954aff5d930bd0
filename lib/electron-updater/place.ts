// SPDX-License-Identifier: MIT
//
// Where a service downloads an update to: to a folder beside electron-updater's `pending`, which is emptied
// at every failure, and under a name that derives from the content alone, so that the next start of the
// application finds what an earlier one began.

import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CleanUpOptions, FileHash } from '../index.js';
import type { DownloadOptions } from './surface.js';

export interface Place {
  folder: string;
  file: string;
  /** Names the application and the purpose to the service. */
  key: string;
}

// Enough of a hash to tell every update.
const nameLength = 32;
const longestApplication = 150;
const sevenDays = 7 * 24 * 60 * 60 * 1000;
// What download() writes there. The services' own temporary files end with their jobs.
const ours = /^[0-9a-f]{32}(\.\w{6}\.(svc2?|part|meta|way|done|lock))?$/;

/** The hash that an update must have; undefined if its feed has none. */
export function hashOf({ sha512, sha2 }: DownloadOptions): FileHash | undefined {
  if (sha512) return { sha512 };
  return sha2 ? { sha256: sha2 } : undefined;
}

export function placeOf(destination: string, hash: FileHash): Place {
  const pending = dirname(destination);
  const cache = dirname(pending);
  const folder = join(cache, 'dosvc');
  const digest = hash.sha512 ?? hash.sha256 ?? '';
  const isHex = /^[0-9a-f]+$/i.test(digest) && [64, 128].includes(digest.length);
  const name = Buffer.from(digest, isHex ? 'hex' : 'base64').toString('hex');
  const application = basename(cache).slice(0, longestApplication);
  return {
    folder,
    file: join(folder, name.slice(0, nameLength)),
    key: `electron-updater/${application}/update`,
  };
}

/**
 * Ends the downloads of earlier updates, and deletes their files, if they were left for a week. Never
 * rejects: what it cannot end, the next one does.
 */
export async function tidy(
  { folder, file, key }: Place,
  cleanUp: (options: CleanUpOptions) => Promise<unknown>,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => ours.test(name) && !name.startsWith(basename(file)));
  if (others.length === 0) return;
  await cleanUp({ prefix: key }).catch(() => undefined);
  for (const name of others) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || Date.now() - found.mtimeMs < sevenDays) continue;
    await rm(path, { force: true }).catch(() => undefined);
  }
}
