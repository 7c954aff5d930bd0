// SPDX-License-Identifier: MIT
//
// What the route `http` left in a folder: parts that no call has continued. No service lists them, so they
// are found only there.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { discard } from '../discard.js';
import { fileError } from '../files/file-error.js';
import { stagesOf } from '../files/names.js';
import type { LeftTransfer } from '../left-transfer.js';
import { readMemory } from './part-memory.js';

/** Iterates over the parts in a folder that this package wrote. A folder that does not exist has none. */
export async function* leftParts(folder: string): AsyncGenerator<LeftTransfer, void, undefined> {
  for (const name of await namesIn(folder)) {
    if (!/\.[a-z0-9]{6}\.part$/.test(name)) continue;
    const file = join(folder, name);
    const memory = await readMemory(file);
    const found = await stat(file).catch(() => null);
    if (memory === null || found === null) continue;
    yield {
      route: 'http',
      key: memory.key,
      file,
      created: found.mtime,
      end: async () => {
        await discard(file);
        await discard(stagesOf(file).memory);
      },
    };
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(`The folder ${folder} cannot be read.`, error);
  }
}
