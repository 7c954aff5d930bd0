// SPDX-License-Identifier: MIT
//
// Deletes a file that is not wanted any more. On Windows, a scanner may hold a new file for a moment.

import { unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileError } from './files/file-error.js';

const tries = 20;
// In milliseconds.
const pause = 50;

/** Deletes a file, if it exists. Rejects with the error of the file if it stays in use. */
export async function discard(file: string): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      await unlink(file);
      return;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (left === 0 || !['EBUSY', 'EPERM', 'EACCES'].includes(code)) {
        throw fileError(`The file ${file} cannot be deleted.`, error);
      }
      await sleep(pause);
    }
  }
}
