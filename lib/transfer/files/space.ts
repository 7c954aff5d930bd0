// SPDX-License-Identifier: MIT
//
// Whether a file will fit, before it is transferred.

import { statfs } from 'node:fs/promises';
import { describe } from '../../codes.js';
import { DosvcError } from '../../errors.js';

const ERROR_DISK_FULL = 0x80070070;

/**
 * Rejects with `ERROR_DISK_FULL` if a volume has less free space than this for the current user. Where
 * the free space cannot be read, nobody knows.
 *
 * @param folder An existing folder of the volume.
 */
export async function checkSpace(folder: string, bytes: number): Promise<void> {
  const volume = await statfs(folder, { bigint: true }).catch(() => null);
  if (volume === null) return;
  const free = volume.bavail * volume.bsize;
  if (free >= BigInt(bytes)) return;
  const { words, ...named } = describe(ERROR_DISK_FULL);
  const numbers = `The file needs ${String(bytes)} bytes, and ${folder} has ${String(free)} left.`;
  throw new DosvcError(`${numbers} ${words}`, named);
}
