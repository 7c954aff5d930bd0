// SPDX-License-Identifier: MIT
// A loopback HTTP server of a test's own, for the service to download from.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a file is served: the first part of its address. */
type Manner =
  /** At once, with its length. */
  | 'whole'
  /** The first half at once, the rest when the test lets it go. */
  | 'held'
  /** Without a length. */
  | 'unsized'
  /** The first half, and then the connection is cut. */
  | 'cut'
  /** Not at all, but with this status. */
  | 404
  | 500
  | 501
  /** 404, when the test lets it go. */
  | 'held-404';

/** Bytes that differ from file to file and from place to place. */
function bytesOf(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let value = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
  for (let at = 0; at + 4 <= size; at += 4) {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(value, at);
  }
  return bytes;
}

export class FileServer {
  readonly #server = createServer((request, response) => {
    this.#serve(request, response);
  });
  readonly #waiting = new Set<() => void>();
  #port = 0;
  #held = true;
  /** The methods and paths that were asked for. */
  readonly requests: string[] = [];

  static async start(): Promise<FileServer> {
    const server = new FileServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    server.#port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  /** The address of a file, and what it contains. */
  file(manner: Manner, name = 'file.bin', size = 100_000): { url: string; content: Buffer } {
    const url = `http://127.0.0.1:${String(this.#port)}/${String(manner)}/${String(size)}/${name}`;
    return { url, content: bytesOf(name, size) };
  }

  /** How many requests are held whose sender still waits. */
  get holding(): number {
    return this.#waiting.size;
  }

  /** Holds again what is to be held. */
  hold(): void {
    this.#held = true;
  }

  /** Sends what is held, and holds nothing any more. */
  letGo(): void {
    this.#held = false;
    for (const send of this.#waiting) send();
    this.#waiting.clear();
  }

  async stop(): Promise<void> {
    this.letGo();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #serve({ method = '', url = '' }: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${method} ${url}`);
    const [, manner = '', size, name = ''] = url.split('/');
    const content = bytesOf(name, Number(size));
    const [status = '200'] = /\d+$/.exec(manner) ?? [];
    const held = manner.startsWith('held') && this.#held && method !== 'HEAD';
    response.statusCode = Number(status);
    const sent = response.statusCode === 200 ? content : Buffer.alloc(0);
    if (manner !== 'unsized') response.setHeader('Content-Length', sent.length);
    const cut = manner === 'cut' && method !== 'HEAD';
    const half = held || cut ? sent.length >> 1 : 0;
    const send = () => response.end(method === 'HEAD' ? undefined : sent.subarray(half));
    if (half > 0) response.write(sent.subarray(0, half));
    if (cut) setImmediate(() => response.destroy());
    else if (!held) send();
    else this.#waiting.add(send);
    response.on('close', () => this.#waiting.delete(send));
  }
}
