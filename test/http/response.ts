// SPDX-License-Identifier: MIT
// One response of the server: its status and headers, and then its body.

import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Pauses } from './pauses.js';
import type { Served } from './served.js';

/** The part of the file that a response has. */
export interface Part {
  from: number;
  to: number;
}

/** Sends a status without the file. */
export function refuse(
  response: ServerResponse,
  status: number,
  page: Buffer = Buffer.alloc(0),
): void {
  response.statusCode = status;
  response.setHeader('Content-Length', page.length);
  response.end(page);
}

/** Sets the status and headers, and returns what the body is. */
export function answer(
  served: Served,
  headers: IncomingHttpHeaders,
  response: ServerResponse,
): Part {
  const { content, etag, lastModified, ranges = true, contentLength } = served;
  if (etag) response.setHeader('ETag', etag);
  if (lastModified) response.setHeader('Last-Modified', lastModified);
  if (ranges) response.setHeader('Accept-Ranges', 'bytes');
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  let part = { from: 0, to: content.length };
  if (ranges && from !== undefined) {
    const first = Number(from);
    const size = served.sizeless ? '*' : String(content.length);
    if (first >= content.length) {
      response.statusCode = 416;
      response.setHeader('Content-Range', `bytes */${size}`);
      part = { from: 0, to: 0 };
    } else {
      const last = Math.min(to ? Number(to) : Infinity, content.length - 1);
      response.statusCode = 206;
      const said = `bytes ${String(first)}-${String(last)}/${size}`;
      response.setHeader('Content-Range', served.contentRange ?? said);
      part = { from: first, to: last + 1 };
    }
  }
  if (!served.chunked) response.setHeader('Content-Length', contentLength ?? part.to - part.from);
  // Otherwise, the client would wait on the open connection for the bytes that are missing.
  if (contentLength !== undefined) response.setHeader('Connection', 'close');
  return part;
}

/** Sends the body, as far as and as fast as the test allows. */
export async function send(
  served: Served,
  { from, to }: Part,
  response: ServerResponse,
  waits: { pauses: Pauses; held: () => Promise<void> },
): Promise<void> {
  const { content, stall = Infinity, hold = Infinity, pace } = served;
  const cut = served.cuts?.shift() ?? Infinity;
  const end = Math.min(to, from + cut, from + stall);
  const step = pace?.bytes ?? 256 * 1024;
  const closed = once(response, 'close');
  const write = async (at: number, until: number) => {
    for (; at < until && !response.destroyed; at += step) {
      const piece = content.subarray(at, Math.min(at + step, until));
      const sent = new Promise((over) => response.write(piece, over));
      await Promise.race([sent, closed]);
      if (pace) await waits.pauses.sleep(pace.milliseconds);
    }
  };
  const held = Math.min(end, from + hold);
  if (hold === 0) await waits.held();
  // Otherwise, the first bytes bring the headers. If they came apart, Wine 8's BITS would not wait for
  // the rest of a held file before it answers Cancel, and a test needs a call that is not answered.
  if (held === from) response.flushHeaders();
  await write(from, held);
  if (hold > 0 && hold < to - from) await waits.held();
  await write(held, end);
  if (stall < to - from) return;
  if (cut < to - from) response.destroy();
  else response.end();
}
