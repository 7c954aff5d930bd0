// SPDX-License-Identifier: MIT
// A test's own loopback HTTP server. It honours ranges, and it is as hostile as a test says: see
// Served.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Pauses } from './pauses.js';
import { answer, refuse, send } from './response.js';
import { bytesOf, type Served } from './served.js';

/** Usual ways to serve a file. */
type Manner =
  /** At once, with its length. */
  | 'whole'
  /** The first half at once, the rest when the test calls letGo(). */
  | 'held'
  /** Without a length. */
  | 'unsized'
  /** The first half, and then the connection is cut. */
  | 'cut'
  /** No content, but this status. */
  | 404
  | 500
  | 501
  /** 404, when the test calls letGo(). */
  | 'held-404';

export interface Asked {
  method: string;
  path: string;
  range: string | undefined;
  headers: IncomingMessage['headers'];
}

function servedIn(manner: Manner, content: Buffer): Served {
  const file = { content };
  const half = content.length >> 1;
  switch (manner) {
    case 'whole':
      return file;
    case 'held':
      return { ...file, hold: half };
    case 'unsized':
      return { ...file, chunked: true };
    case 'cut':
      // For each request.
      return { ...file, cuts: Array.from({ length: 100 }, () => half) };
    case 'held-404':
      return { ...file, status: 404, hold: 0 };
    default:
      return { ...file, status: manner };
  }
}

export class HttpServer {
  readonly #files = new Map<string, Served>();
  readonly #server;
  readonly #waiting = new Set<() => void>();
  #held = true;
  #origin = '';
  #pauses = new Pauses();
  /** The requests, in order. */
  readonly asked: Asked[] = [];

  private constructor(tls?: ServerOptions) {
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      void this.#serve(request, response);
    };
    this.#server = tls ? createSecureServer(tls, serve) : createServer(serve);
  }

  static async start(tls?: ServerOptions): Promise<HttpServer> {
    const server = new HttpServer(tls);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    const { port } = server.#server.address() as AddressInfo;
    server.#origin = `${tls ? 'https' : 'http'}://127.0.0.1:${String(port)}`;
    return server;
  }

  /** Serves a file from now on, and returns its address. */
  serve(name: string, served: Served): string {
    if (this.#pauses.ended) this.#pauses = new Pauses();
    const url = `${this.#origin}/${name}`;
    this.#files.set(new URL(url).pathname, served);
    return url;
  }

  /** Serves a file in a usual manner: its address, and its content, which its name determines. */
  file(manner: Manner, name = 'file.bin', size = 100_000): { url: string; content: Buffer } {
    const seed = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
    const content = bytesOf(size, seed);
    const path = `${String(manner)}/${String(size)}/${name}`;
    return { url: this.serve(path, servedIn(manner, content)), content };
  }

  /** How many responses are held whose client still waits. */
  get holding(): number {
    return this.#waiting.size;
  }

  /** Holds responses again after letGo(). */
  hold(): void {
    this.#held = true;
  }

  /** Sends the rest of all held responses, and holds none from now on. */
  letGo(): void {
    this.#held = false;
    for (const send of this.#waiting) send();
    this.#waiting.clear();
  }

  /** Sends bodies without their pauses, including those in progress, until the next `serve()`. */
  hurry(): void {
    this.#pauses.end();
  }

  async stop(): Promise<void> {
    this.letGo();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    this.asked.push({ method, path, range: headers.range, headers });
    const served = this.#files.get(new URL(path, this.#origin).pathname);
    const pauses = this.#pauses;
    if (served?.instead === 'close') request.socket.destroy();
    if (served?.instead === 'reset') {
      // If the reset arrives while the client asks to receive, Wine's server takes the socket's error
      // before the client does, and the client sees the end of the stream instead.
      await pauses.sleep(20);
      request.socket.resetAndDestroy();
    }
    if (served?.instead) return;
    if (served?.late) await pauses.sleep(served.late);
    const status = served ? (served.statuses?.shift() ?? served.status) : 404;
    const body = method !== 'HEAD';
    if (!served || status) {
      if (served?.hold === 0) await this.#letGone(response);
      refuse(response, status ?? 404, served?.page);
    } else if (served.redirect) {
      response.setHeader('Location', served.redirect);
      refuse(response, 302);
    } else {
      const part = answer(served, headers, response);
      const waits = { pauses, held: () => this.#letGone(response) };
      if (body) await send(served, part, response, waits);
      else response.end();
    }
  }

  /** Resolves at `letGo()`, or when the client has left. */
  async #letGone(response: ServerResponse): Promise<void> {
    if (!this.#held || response.destroyed) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        this.#waiting.delete(go);
        resolve();
      };
      this.#waiting.add(go);
      response.once('close', go);
    });
  }
}
