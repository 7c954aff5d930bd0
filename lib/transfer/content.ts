// SPDX-License-Identifier: MIT
//
// Checks that a file has the content that the caller asked for: its size, and its hash.

import { stat } from 'node:fs/promises';
import { DosvcError, sizeError } from '../errors.js';
import { hashFile } from './files/hash.js';
import type { Verified } from './options.js';
import type { Request } from './request.js';
import type { Fetched } from './route.js';

/** A file whose content was checked. */
export interface Checked {
  bytes: number;
  verified: Verified;
}

/**
 * Checks a file against the size and the hash that the caller asked for. Rejects with
 * `ERR_DOSVC_SIZE_MISMATCH` or `ERR_DOSVC_HASH_MISMATCH`, with the error of the file, or with an AbortError.
 *
 * @param fetched Its size, and the length that the server declared.
 */
export async function checkContent(
  file: string,
  { bytes, declared }: Fetched,
  { hash, size }: Request,
  signal: AbortSignal,
): Promise<Checked> {
  if (size !== undefined && bytes !== size) {
    throw sizeError('The file that was transferred', bytes, size, adviceOnSize);
  }
  if (hash !== undefined) {
    const { digests } = await hashFile(file, [hash.algorithm], signal);
    if (digests[hash.algorithm]?.equals(hash.digest)) return { bytes, verified: hash.algorithm };
    throw hashError(hash.algorithm, bytes);
  }
  if (size !== undefined) return { bytes, verified: 'size' };
  if (declared === null) return { bytes, verified: false };
  if (bytes === declared) return { bytes, verified: 'length' };
  throw new DosvcError(
    `The file that was transferred has ${String(bytes)} bytes, not the ${String(declared)} that the server declared. The file was deleted.`,
    { code: 'ERR_DOSVC_SIZE_MISMATCH' },
  );
}

/** Whether a file is there and has the hash, and the size, that the caller asked for. */
export async function isWanted(
  file: string,
  request: Request,
  signal: AbortSignal,
): Promise<Checked | null> {
  if (request.hash === undefined) return null;
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return null;
  if (request.size !== undefined && found.size !== request.size) return null;
  try {
    return await checkContent(file, { bytes: found.size, declared: null }, request, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

const adviceOnSize =
  'The file was deleted. Check that the size and the URL are of the same version of the file.';

function hashError(algorithm: string, bytes: number): DosvcError {
  return new DosvcError(
    `The file that was transferred, of ${String(bytes)} bytes, does not have the ${algorithm} that was given. The file was deleted. Check that the hash and the URL are of the same version of the file, and that no proxy or login page answers for the server.`,
    { code: 'ERR_DOSVC_HASH_MISMATCH' },
  );
}
