// SPDX-License-Identifier: MIT
//
// The server of the probe's file, on the loopback interface of this machine. It sends nothing until it is
// told to: the probe must know what happened before the transfer.

import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// As any file: the services read it in ranges.
const content = Buffer.alloc(4096, 'dosvc');

export class ProbeServer {
  readonly #server: Server;
  #open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => (this.#open = resolve));

  private constructor(create: typeof import('node:http').createServer) {
    this.#server = create((request, response) => {
      void this.#opened.then(() => {
        answer(request, response);
      });
    });
  }

  static async start(): Promise<ProbeServer> {
    // Loaded here, because only a probe needs it.
    const { createServer } = await import('node:http');
    const server = new ProbeServer(createServer);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}/dosvc-probe.bin`;
  }

  /** Answers the requests, those that wait and those to come. */
  open(): void {
    this.#open();
  }

  async stop(): Promise<void> {
    this.open();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const first = Number(from ?? 0);
  const last = Math.min(to ? Number(to) : Infinity, content.length - 1);
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    etag: '"dosvc"',
    'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
  };
  if (first > last) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${String(content.length)}` });
    response.end();
    return;
  }
  const part = content.subarray(first, last + 1);
  const range = `bytes ${String(first)}-${String(last)}/${String(content.length)}`;
  response.writeHead(from === undefined ? 200 : 206, {
    ...headers,
    'content-length': part.length,
    ...(from !== undefined && { 'content-range': range }),
  });
  response.end(request.method === 'HEAD' ? undefined : part);
}
