// SPDX-License-Identifier: MIT
// @ts-check
// Serves files of any size over HTTP, with ranges, on a thread of its own: the event loop of what is
// measured has no part in it. The path has the size: /SIZE/NAME.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';

const block = Buffer.alloc(
  1 << 20,
  Uint8Array.from({ length: 251 }, (_, i) => i),
);

/**
 * @param {number} from
 * @param {number} to
 */
function* bytes(from, to) {
  for (let at = from; at < to;) {
    const start = at % block.length;
    const piece = block.subarray(start, start + to - at);
    yield piece;
    at += piece.length;
  }
}

const server = createServer((request, response) => {
  const size = Number(request.url?.split('/')[1]);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const from = Number(first ?? 0);
  const to = Math.min(size, last ? Number(last) + 1 : size);
  if (first !== undefined) {
    response.statusCode = 206;
    response.setHeader('Content-Range', `bytes ${from}-${to - 1}/${size}`);
  }
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Length', to - from);
  response.setHeader('ETag', `"${size}"`);
  if (request.method === 'HEAD') response.end();
  // A client that leaves is none of the server's business.
  else pipeline(Readable.from(bytes(from, to)), response).catch(() => {});
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
parentPort?.postMessage(port);
