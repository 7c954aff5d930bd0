// SPDX-License-Identifier: MIT
//
// What an earlier download of the same left beside the target: a file that is whole is used, and one of
// which nobody can tell is deleted.

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

/**
 * Looks for a file with the right content.
 *
 * @param checked The name of a file whose content was checked before, so that it needs no hash.
 * @param services The names of files that services have finished: only a hash tells whether one is right.
 */
export async function findLeft(
  { checked, services }: { checked: string; services: readonly string[] },
  request: Request,
  signal: AbortSignal,
): Promise<Left | null> {
  for (const file of [checked, ...services]) {
    const found = await stat(file).catch(() => null);
    if (found === null) continue;
    if (file === checked || request.hash !== undefined) {
      try {
        const content = await checkContent(file, request, null, signal);
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
