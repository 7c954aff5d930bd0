// SPDX-License-Identifier: MIT
//
// Writes one of the small files beside a target.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Writes a file anew. A link in its place would lead the text elsewhere, so it is refused. */
export async function writeText(path: string, text: string): Promise<void> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const handle = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}
