// SPDX-License-Identifier: MIT
// @ts-check
// The HTTP server of the smoke suite. The address of a file says how it is served:
//   /whole/SIZE/NAME   at once
//   /held/SIZE/NAME    the first half at once, the rest after letGo(NAME)
// Everything else is answered with 404. The content of a file follows from its name.

import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @param {number} size
 * @param {string} name
 */
export function contentOf(size, name) {
  const content = Buffer.alloc(size);
  let state = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7) || 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    content[at] = state;
  }
  return content;
}

class Holds {
  #gone = new Set();
  /** @type {Map<string, (() => void)[]>} */
  #waiting = new Map();

  /** @param {string} name */
  letGo(name) {
    this.#gone.add(name);
    for (const resume of this.#waiting.get(name) ?? []) resume();
    this.#waiting.delete(name);
  }

  /**
   * Resolves after letGo(), or when the client has left.
   * @param {string} name
   * @param {import('node:http').ServerResponse} response
   * @returns {Promise<void>}
   */
  async gone(name, response) {
    if (this.#gone.has(name)) return;
    await new Promise((resolve) => {
      const waiting = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, [...waiting, () => resolve(undefined)]);
      response.once('close', resolve);
    });
  }
}

/**
 * Both services ask for ranges, BITS always.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Holds} holds
 */
async function serve(request, response, holds) {
  const [, manner = '', size = '', name = ''] = (request.url ?? '').split('/');
  if (!['whole', 'held'].includes(manner)) {
    response.writeHead(404, { 'Content-Length': 0 }).end();
    return;
  }
  const total = Number(size);
  const [range, from, to] = /^bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  const end = Math.min(to ? Number(to) + 1 : total, total);
  response.writeHead(range ? 206 : 200, {
    'Accept-Ranges': 'bytes',
    'Content-Length': end - start,
    ...(range && { 'Content-Range': `bytes ${start}-${end - 1}/${total}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const content = contentOf(total, name);
  const half = manner === 'held' ? Math.min(Math.max(total >> 1, start), end) : end;
  response.write(content.subarray(start, half));
  if (half < end) await holds.gone(name, response);
  response.end(content.subarray(half, end));
}

/** Starts a server on the loopback interface. */
export async function startServer() {
  const holds = new Holds();
  const server = createServer((request, response) => void serve(request, response, holds));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    letGo: (/** @type {string} */ name) => holds.letGo(name),
    stop,
  };
}
