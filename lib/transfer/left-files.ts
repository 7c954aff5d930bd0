// SPDX-License-Identifier: MIT
//
// What an earlier download left beside the target. A file that is known to be whole is used; any other is
// deleted.

import { stat } from 'node:fs/promises';
import { checkContent, type Checked } from './content.js';
import { discard } from './discard.js';
import type { Request } from './request.js';

/** A file that no route has to fetch any more. */
export interface Left extends Checked {
  route: 'none';
  id: null;
  detached: false;
  file: string;
  address: string;
}

/** The sizes of those of the files that exist. */
export async function sizesOf(files: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const look = async (file: string) => {
    const found = await stat(file).catch(() => null);
    if (found !== null) sizes.set(file, found.size);
  };
  await Promise.all(files.map(look));
  return sizes;
}

/**
 * Finds the file with the right content among those that exist.
 *
 * @param checked The name of a file whose content was checked before, so that it needs no hash.
 * @param services The names of files that services have finished: only a hash tells whether one is right.
 * @param sizes Of the files that exist.
 */
export async function findLeft(
  { checked, services }: { checked: string; services: readonly string[] },
  sizes: ReadonlyMap<string, number>,
  request: Request,
  signal: AbortSignal,
): Promise<Left | null> {
  for (const file of [checked, ...services]) {
    const bytes = sizes.get(file);
    if (bytes === undefined) continue;
    if (file === checked || request.hash !== undefined) {
      try {
        const content = await checkContent(file, { bytes, declared: null }, request, signal);
        const [address = ''] = request.addresses;
        return { route: 'none', id: null, detached: false, file, address, ...content };
      } catch (error) {
        if (signal.aborted) throw error;
      }
    }
    await discard(file);
  }
  return null;
}
