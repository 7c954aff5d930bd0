// SPDX-License-Identifier: MIT
// What the server serves: the content of a file, and how a hostile server would send it.

/** The bytes of a file: a Buffer, or what makes them as they are sent. */
export interface Content {
  readonly length: number;
  subarray(from: number, to: number): Buffer;
}

/** How a file is served. A test may change it between two requests. */
export interface Served {
  content: Content;
  etag?: string;
  lastModified?: string;
  /** False: a request with a Range gets the whole file. */
  ranges?: boolean;
  /** The response has no Content-Length. */
  chunked?: boolean;
  /** The value of Content-Length, if it is wrong. */
  contentLength?: number;
  /** Content-Range does not state the file's size. */
  sizeless?: boolean;
  /** The value of Content-Range. */
  contentRange?: string;
  /** The status of every response, which does not have the file. */
  status?: number;
  /** The body of such a response, if it has one. */
  page?: Buffer;
  /** The statuses of the first responses, which do not have the file. 0: the response has it. */
  statuses?: number[];
  /** The address that every response redirects to. */
  redirect?: string;
  /** What happens to the connection instead of a response. */
  instead?: 'close' | 'reset';
  /** The response begins this many milliseconds late, or at `hurry()`. */
  late?: number;
  /** Cuts the body off after this many bytes: an entry for each request. */
  cuts?: number[];
  /** Stops sending after this many bytes of the body. */
  stall?: number;
  /** Sends no more than these bytes of the body until `letGo()`; for 0, not even the headers. */
  hold?: number;
  /** Sends pieces of this size with a pause after each, until `hurry()`. */
  pace?: { bytes: number; milliseconds: number };
}

/** Returns bytes that differ from place to place, and from seed to seed. */
export function bytesOf(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let value = Math.imul(seed, 2654435761);
  for (let at = 0; at + 4 <= size; at += 4) {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(value, at);
  }
  return bytes;
}

/** A block of bytes, again and again: a file that is larger than the memory it takes. */
export class Repeated implements Content {
  readonly #block: Buffer;
  readonly length: number;

  constructor(block: Buffer, length: number) {
    this.#block = block;
    this.length = length;
  }

  subarray(from: number, to: number): Buffer {
    const pieces: Buffer[] = [];
    for (let at = from; at < to;) {
      const start = at % this.#block.length;
      const piece = this.#block.subarray(start, start + to - at);
      pieces.push(piece);
      at += piece.length;
    }
    return Buffer.concat(pieces);
  }
}
