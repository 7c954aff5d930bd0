// SPDX-License-Identifier: MIT
//
// What is known of a part on disk, in a small file beside it, for the process that continues it: the
// version of its bytes, and where they came from. It is written before the first of them.

import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { crypto } from '../../crypto.js';
import { discard } from '../discard.js';
import { fileError } from '../files/file-error.js';
import { writeText } from '../files/write-text.js';
import type { Order } from '../route.js';
import { isValidator } from './validator.js';

export interface PartMemory {
  /** The tag of its order. */
  tag: string;
  /** The caller's key, for cleanUp(); empty if there was none. */
  key: string;
  /** A hash of the address, which may be secret. */
  address: string;
  /** The version of the bytes; null if the server does not tell one from another. */
  validator: string | null;
  /** The size of the whole file; null if the server did not say it. */
  total: number | null;
}

/** Whether an order can continue with the bytes that are there, instead of beginning anew. */
export function canContinue(
  memory: PartMemory | null,
  bytes: number,
  { address, tag, sameContent, size }: Order,
): memory is PartMemory {
  if (memory === null || bytes === 0) return false;
  const total = memory.total ?? size;
  if (total !== null && (bytes > total || (size !== null && size !== total))) return false;
  if (memory.address === addressHash(address)) return memory.validator !== null;
  // Validators are those of one address. The hash of the whole, which the tag stands for, proves that the
  // parts belong together.
  return sameContent && memory.tag === tag && memory.total !== null;
}

export function addressHash(address: string): string {
  return crypto().createHash('sha256').update(address).digest('base64');
}

/** Reads what is known of a part; null if nothing is. */
export async function readMemory(part: string): Promise<PartMemory | null> {
  try {
    const text = await readFile(pathFor(part), 'utf8');
    const { tag, key, address, validator, total } = JSON.parse(text) as Record<string, unknown>;
    const hasVersion = typeof validator === 'string' && isValidator(validator);
    if (typeof tag !== 'string' || typeof key !== 'string') return null;
    if (typeof address !== 'string' || !(hasVersion || validator === null)) return null;
    if (total !== null && !(Number.isSafeInteger(total) && (total as number) >= 0)) return null;
    return { tag, key, address, validator, total: total as number | null };
  } catch {
    return null;
  }
}

export async function writeMemory(part: string, memory: PartMemory): Promise<void> {
  const path = pathFor(part);
  try {
    await writeText(path, JSON.stringify(memory));
  } catch (error) {
    throw fileError(`The file ${path} cannot be written.`, error);
  }
}

export async function forget(part: string): Promise<void> {
  await discard(pathFor(part));
}

// As long as the part's own name.
function pathFor(part: string): string {
  return `${part.slice(0, part.length - extname(part).length)}.meta`;
}
