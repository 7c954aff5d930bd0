// SPDX-License-Identifier: MIT
//
// The hash of a file: as the caller gives it, and as it is.

import { open } from 'node:fs/promises';
import { crypto } from '../../crypto.js';
import { checkObject, fault } from '../../arguments.js';
import { abortError } from '../../errors.js';
import { fileError } from './file-error.js';

/** A hash of a file's content, as the caller of `download()` gives it: hexadecimal or base64. */
export interface FileHash {
  /** SHA-512, hexadecimal or base64. */
  sha512?: string | undefined;
  /** SHA-256, hexadecimal or base64. */
  sha256?: string | undefined;
}

const sizes = { sha512: 64, sha256: 32 };
export type HashAlgorithm = keyof typeof sizes;
const algorithms = Object.keys(sizes) as HashAlgorithm[];

/** Checks the option `hash`: one hash, hexadecimal or base64, with `-_` instead of `+/` as well. */
export function parseHash(value: unknown): { algorithm: HashAlgorithm; digest: Buffer } {
  const name = 'options.hash';
  const expected = 'an object with exactly one of sha512 and sha256';
  if (typeof value === 'string' && integrity.test(value)) {
    throw fault(
      'ERR_INVALID_ARG_TYPE',
      name,
      `${expected}, such as { sha256: '4MW…' } for 'sha256-4MW…'`,
      value,
    );
  }
  const given = checkObject<FileHash>(name, value, expected);
  const named = Object.entries(given).filter(([, hash]) => hash !== undefined);
  const algorithm = algorithms.find((one) => one === named[0]?.[0]);
  if (algorithm === undefined || named.length !== 1) {
    throw fault('ERR_INVALID_ARG_VALUE', name, expected, value);
  }
  return {
    algorithm,
    digest: digestOf(`${name}.${algorithm}`, given[algorithm], sizes[algorithm]),
  };
}

// The value of an HTML attribute or of a lock file: https://www.w3.org/TR/SRI/
const integrity = /^\s*sha\d+-/;

function digestOf(name: string, hash: unknown, size: number): Buffer {
  const expected = `${String(size)} bytes, hexadecimal or base64`;
  if (typeof hash !== 'string') throw fault('ERR_INVALID_ARG_TYPE', name, expected, hash);
  const text = hash.trim();
  if (new RegExp(`^[0-9a-f]{${String(2 * size)}}$`, 'i').test(text))
    return Buffer.from(text, 'hex');
  const digest = Buffer.from(text, 'base64');
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  const whole = digest.length === size && digest.toString('base64').replace(/=+$/, '') === plain;
  if (whole) return digest;
  if (integrity.test(text)) {
    const without = `${expected}, without the name of the algorithm before it`;
    throw fault('ERR_INVALID_ARG_VALUE', name, without, hash);
  }
  throw fault('ERR_INVALID_ARG_VALUE', name, expected, hash);
}

/** The size of a file and its digests, by algorithm. */
export interface FileDigests {
  bytes: number;
  digests: Record<string, Buffer>;
}

// In bytes. A piece takes about half a millisecond, so even the pieces of twenty files that are read at
// the same time do not block the event loop.
const piece = 256 * 1024;

/**
 * Reads a file once, for its size and its hashes. It reads the next piece while it hashes one.
 *
 * Rejects with the error of the file, or with an AbortError.
 */
export async function hashFile(
  file: string,
  algorithms: readonly HashAlgorithm[],
  signal: AbortSignal,
): Promise<FileDigests> {
  try {
    return await read(file, algorithms, signal);
  } catch (error) {
    throw fileError(`The file ${file} cannot be read.`, error);
  }
}

async function read(
  file: string,
  algorithms: readonly HashAlgorithm[],
  signal: AbortSignal,
): Promise<FileDigests> {
  const hashes = algorithms.map((algorithm) => ({
    algorithm,
    hash: crypto().createHash(algorithm),
  }));
  const handle = await open(file);
  try {
    let [buffer, spare] = [Buffer.allocUnsafe(piece), Buffer.allocUnsafe(piece)];
    let bytes = 0;
    let reading = handle.read(buffer, 0, piece, 0);
    for (;;) {
      const { bytesRead } = await reading;
      if (signal.aborted) throw abortError(signal);
      if (bytesRead === 0) break;
      bytes += bytesRead;
      reading = handle.read(spare, 0, piece, bytes);
      for (const { hash } of hashes) hash.update(buffer.subarray(0, bytesRead));
      [buffer, spare] = [spare, buffer];
    }
    const digests = hashes.map(({ algorithm, hash }) => [algorithm, hash.digest()] as const);
    return { bytes, digests: Object.fromEntries(digests) };
  } finally {
    await handle.close();
  }
}
