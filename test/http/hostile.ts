// SPDX-License-Identifier: MIT
// A loopback HTTP server of which a test decides each response, for clients that send If-Range. It counts
// the bytes that it sends.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Content } from './served.js';

/** How a file is sent. */
export interface Sending {
  etag?: string;
  lastModified?: string;
  /** False: a range is answered with the whole file. */
  ranges?: boolean;
  /** False: a range is answered whatever the version. */
  ifRange?: boolean;
  /** The response has no Content-Length. */
  chunked?: boolean;
  /** Other headers, or those above with other values. */
  headers?: Record<string, string | number>;
  /** Closes the connection after this many bytes of the body. */
  cut?: number;
  /** Sends this many bytes of the body, and nothing more. */
  hold?: number;
  /** The size of the pieces of the body. */
  pieces?: number;
  /** In milliseconds: the pause after each piece. */
  pause?: number;
}

/** One request, and the response to it. */
export class Exchange {
  /** The bytes of the body that were sent. */
  sent = 0;

  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Counted from 0. */
  readonly index: number;

  constructor(request: IncomingMessage, response: ServerResponse, index: number) {
    this.request = request;
    this.response = response;
    this.index = index;
  }

  get path(): string {
    return this.request.url ?? '';
  }

  /** The first byte of the range that was asked for; 0 without one. */
  get from(): number {
    return Number(/^bytes=(\d+)-$/.exec(this.request.headers.range ?? '')?.[1] ?? 0);
  }

  /** Responds with a status and no file. */
  refuse(status: number, headers: Record<string, string> = {}, page = ''): void {
    this.response.writeHead(status, { 'Content-Length': Buffer.byteLength(page), ...headers });
    this.response.end(page);
  }

  redirect(location: string, status = 302): void {
    this.refuse(status, { Location: location });
  }

  /** Responds with a file, or with the part of it that was asked for. */
  async file(content: Content, sending: Sending = {}): Promise<void> {
    const { etag, lastModified, ranges = true, ifRange = true, chunked, headers = {} } = sending;
    const { response } = this;
    const { range } = this.request.headers;
    const version = this.request.headers['if-range']?.toString();
    const current = !ifRange || version === undefined || [etag, lastModified].includes(version);
    const from = range !== undefined && ranges && current ? this.from : 0;
    const { length } = content;
    if (etag !== undefined) response.setHeader('ETag', etag);
    if (lastModified !== undefined) response.setHeader('Last-Modified', lastModified);
    if (from > 0 && from >= length) {
      response.setHeader('Content-Range', `bytes */${String(length)}`);
      this.refuse(416);
      return;
    }
    if (from > 0) {
      response.statusCode = 206;
      const last = String(length - 1);
      response.setHeader('Content-Range', `bytes ${String(from)}-${last}/${String(length)}`);
    }
    if (chunked !== true) response.setHeader('Content-Length', length - from);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    await this.#body(content, from, sending);
  }

  async #body(content: Content, from: number, sending: Sending): Promise<void> {
    const { cut = Infinity, hold = Infinity, pieces = 256 * 1024, pause } = sending;
    const { response } = this;
    const end = Math.min(content.length, from + cut, from + hold);
    response.flushHeaders();
    const closed = once(response, 'close');
    for (let at = from; at < end && !response.destroyed; at += pieces) {
      const piece = content.subarray(at, Math.min(at + pieces, end));
      const sent = new Promise((over) => response.write(piece, over));
      await Promise.race([sent, closed]);
      this.sent += piece.length;
      if (pause !== undefined) await sleep(pause);
    }
    if (from + hold < content.length) return;
    if (from + cut < content.length) response.destroy();
    else response.end();
  }
}

type Answer = (exchange: Exchange) => void | Promise<void>;

export class HostileServer {
  readonly exchanges: Exchange[] = [];
  readonly #server = createServer((request, response) => {
    const exchange = new Exchange(request, response, this.exchanges.length);
    this.exchanges.push(exchange);
    void this.#answer(exchange);
  });
  readonly #answer: Answer;
  #origin = '';

  private constructor(answer: Answer) {
    this.#answer = answer;
  }

  static async start(answer: Answer): Promise<HostileServer> {
    const server = new HostileServer(answer);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    const { port } = server.#server.address() as AddressInfo;
    server.#origin = `http://127.0.0.1:${String(port)}`;
    return server;
  }

  url(path = 'file.bin'): string {
    return `${this.#origin}/${path}`;
  }

  /** The ranges that were asked for, in order. */
  get ranges(): (string | undefined)[] {
    return this.exchanges.map(({ request }) => request.headers.range);
  }

  /** The bytes of all bodies. */
  get sent(): number {
    return this.exchanges.reduce((sum, { sent }) => sum + sent, 0);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
