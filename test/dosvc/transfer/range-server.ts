// SPDX-License-Identifier: MIT
// A loopback HTTP server that honours ranges and validators, and that breaks off, holds back,
// redirects or refuses where a test says so.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Pauses } from './pauses.js';

/** How a file is served. A test may change it between two requests. */
export interface Served {
  content: Buffer;
  etag?: string;
  lastModified?: string;
  /** False: a Range is answered by the whole file. */
  ranges?: boolean;
  /** False: a part is sent whatever If-Range says. */
  honoursIfRange?: boolean;
  /** Without a length. */
  chunked?: boolean;
  /** Content-Range does not tell the file's size. */
  sizeless?: boolean;
  /** The answers that come first, instead of the file. */
  statuses?: number[];
  /** Every answer is a redirection to there. */
  redirect?: string;
  /** The body is cut off after so many bytes, in one request each. */
  cuts?: number[];
  /** After so many bytes of the body nothing more comes. */
  stall?: number;
  /** Bytes are sent in such pieces, and after each there is a pause, until the server hurries. */
  pace?: { bytes: number; milliseconds: number };
  /** Content-Range says this. */
  contentRange?: string;
}

export interface Asked {
  path: string;
  range: string | undefined;
  ifRange: string | undefined;
  headers: IncomingMessage['headers'];
}

/** Bytes that differ from place to place, and from file to file. */
export function bytesOf(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let value = Math.imul(seed, 2654435761);
  for (let at = 0; at + 4 <= size; at += 4) {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(value, at);
  }
  return bytes;
}

export class RangeServer {
  readonly #files = new Map<string, Served>();
  readonly #server;
  readonly #scheme: string;
  #port = 0;
  #pauses = new Pauses();
  /** What was asked for, in order. */
  readonly asked: Asked[] = [];

  private constructor(tls?: ServerOptions) {
    this.#scheme = tls ? 'https' : 'http';
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      void this.#serve(request, response);
    };
    this.#server = tls ? createSecureServer(tls, serve) : createServer(serve);
  }

  static async start(tls?: ServerOptions): Promise<RangeServer> {
    const server = new RangeServer(tls);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    server.#port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  /** The address at which it is served from now on. */
  serve(name: string, served: Served): string {
    if (this.#pauses.ended) this.#pauses = new Pauses();
    this.#files.set(`/${name}`, served);
    return `${this.#scheme}://127.0.0.1:${String(this.#port)}/${name}`;
  }

  /** Sends what has a pace at once, also what it sends already, until it serves another file. */
  hurry(): void {
    this.#pauses.end();
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', headers } = request;
    const ifRange = headers['if-range'];
    this.asked.push({ path, range: headers.range, ifRange: ifRange?.toString(), headers });
    const served = this.#files.get(path.replace(/\?.*/, ''));
    const status = served ? served.statuses?.shift() : 404;
    if (!served || status) {
      refuse(response, status ?? 404);
    } else if (served.redirect) {
      response.setHeader('Location', served.redirect);
      refuse(response, 302);
    } else {
      await send(served, answer(served, headers, response), response, this.#pauses);
    }
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.setHeader('Content-Length', 0);
  response.end();
}

/** Writes the head, and gives the body. */
function answer(
  served: Served,
  headers: IncomingMessage['headers'],
  response: ServerResponse,
): Buffer {
  const { content, etag, lastModified, ranges = true } = served;
  if (etag) response.setHeader('ETag', etag);
  if (lastModified) response.setHeader('Last-Modified', lastModified);
  if (ranges) response.setHeader('Accept-Ranges', 'bytes');
  const version = headers['if-range'];
  const same = !version || version === etag || version === lastModified;
  const current = same || served.honoursIfRange === false;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  let body = content;
  if (ranges && current && from !== undefined) {
    const first = Number(from);
    const size = served.sizeless ? '*' : String(content.length);
    if (first >= content.length) {
      response.statusCode = 416;
      response.setHeader('Content-Range', `bytes */${size}`);
      body = Buffer.alloc(0);
    } else {
      const last = Math.min(to ? Number(to) : Infinity, content.length - 1);
      response.statusCode = 206;
      const said = `bytes ${String(first)}-${String(last)}/${size}`;
      response.setHeader('Content-Range', served.contentRange ?? said);
      body = content.subarray(first, last + 1);
    }
  }
  if (!served.chunked) response.setHeader('Content-Length', body.length);
  return body;
}

async function send(
  served: Served,
  body: Buffer,
  response: ServerResponse,
  pauses: Pauses,
): Promise<void> {
  const { stall = Infinity, pace } = served;
  const cut = served.cuts?.shift() ?? Infinity;
  const end = Math.min(body.length, cut, stall);
  const step = pace?.bytes ?? 256 * 1024;
  response.flushHeaders();
  const closed = once(response, 'close');
  for (let at = 0; at < end && !response.destroyed; at += step) {
    const piece = body.subarray(at, Math.min(at + step, end));
    const sent = new Promise((over) => response.write(piece, over));
    await Promise.race([sent, closed]);
    if (pace) await pauses.sleep(pace.milliseconds);
  }
  if (stall < body.length) return;
  if (cut < body.length) response.destroy();
  else response.end();
}
