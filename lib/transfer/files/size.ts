// SPDX-License-Identifier: MIT
//
// The size of a file that a route has fetched.

import { stat } from 'node:fs/promises';
import { refusal } from '../../errors.js';
import { fileError } from './file-error.js';

const ERROR_FILE_NOT_FOUND = 0x80070002;

/** Rejects with `ERROR_FILE_NOT_FOUND` if something, such as a virus scanner, has removed it. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw refusal(ERROR_FILE_NOT_FOUND, 'The file was complete, and then it was removed.');
    }
    throw fileError(`The file ${file} cannot be read.`, error);
  }
}
