// SPDX-License-Identifier: MIT
//
// The file that a service writes for a transfer.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { refusal } from '../../errors.js';

const ERROR_FILE_NOT_FOUND = 0x80070002;

/** The size of the file of a completed transfer. Rejects if it is gone. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw refusal(ERROR_FILE_NOT_FOUND, 'The service completed the file, and then it was removed.');
  }
}

/** Whether two paths are of the same file, as Windows compares them. */
export function isSameFile(one: string | null, other: string): boolean {
  return one !== null && resolve(one).toLowerCase() === resolve(other).toLowerCase();
}
