// SPDX-License-Identifier: MIT
//
// Writes the body of a response to the part, as far as it belongs there.

import { abortError, sizeError } from '../../errors.js';
import { fetchError } from '../fetch-error.js';
import type { Found } from './examine.js';
import type { PartFile } from './part-file.js';
import { cut, failure, invalid, type Setback } from './setback.js';

/**
 * Reads a body to its end. Returns null if the file is whole after that. Rejects if the file cannot be
 * written, and with an AbortError.
 *
 * @param size The size that the file must have; null if nobody knows.
 */
export async function receive(
  body: Response['body'],
  part: PartFile,
  { from, end, total }: Found,
  size: number | null,
  signal: AbortSignal,
): Promise<Setback | null> {
  const room = (end ?? size ?? Infinity) - from;
  const { bytes, setback } = await write(body, part, room, signal);
  if (setback !== null) return setback;
  const reached = from + bytes;
  if (end !== null) {
    if (reached < end) return cut();
    return end === total ? null : invalid('The server sent only some of the bytes that it has.');
  }
  if (size === null || reached === size) return null;
  // It may also have been cut: without a length, both look the same.
  return { error: sizeError('The response', reached, size, 'Check the server.'), again: true };
}

async function write(
  body: Response['body'],
  part: PartFile,
  room: number,
  signal: AbortSignal,
): Promise<{ bytes: number; setback: Setback | null }> {
  let bytes = 0;
  let setback: Setback | null = null;
  const reader = (body as ReadableStream<Uint8Array> | null)?.getReader();
  // Ends a read that waits, even if `fetch` ignores its signal.
  const cancel = () => {
    reader?.cancel().catch(() => undefined);
  };
  signal.addEventListener('abort', cancel);
  try {
    while (setback === null) {
      checkNotAborted(signal);
      const piece = await reader?.read().catch((error: unknown) => fetchError(error, signal));
      checkNotAborted(signal);
      if (piece instanceof Error) {
        setback = failure(piece);
      } else if (piece?.value === undefined) {
        break;
      } else if (bytes + piece.value.length > room) {
        setback = invalid('The server sent more bytes than the file has.', { anew: true });
      } else {
        await part.append(piece.value);
        bytes += piece.value.length;
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
  await part.flush();
  return { bytes, setback };
}

function checkNotAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortError(signal);
}
