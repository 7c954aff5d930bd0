// SPDX-License-Identifier: MIT
// A server for one test, which answers as the test says.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'vitest';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

interface Fixtures {
  /** Serves on the loopback interface until the test ends. Returns the origin. */
  serve: (answer: Answering) => Promise<string>;
}

export const it = test.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  serve: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = [];
    await use(async (answer) => {
      const server = createServer(answer);
      servers.push(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    });
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    }
  },
});

/** What a server that does everything right sends of a file with 1,000 bytes. */
export const right = {
  length: '1000',
  range: 'bytes 0-0/1000',
  headers: { 'accept-ranges': 'bytes', etag: '"1"', 'content-type': 'application/octet-stream' },
} as const;

interface Lacks {
  headers?: Record<string, string>;
  length?: string | null;
  range?: string | null;
}

/** Answers like the right server, but for what the test changes; null leaves a header out. */
export function answering(lacks: Lacks = {}): Answering {
  const { headers = right.headers, length = right.length, range = right.range } = lacks;
  return ({ method }, response) => {
    if (method === 'HEAD') {
      response.writeHead(200, { ...headers, ...(length !== null && { 'content-length': length }) });
      response.end();
    } else if (range === null) {
      response.writeHead(200, headers);
      response.end('the whole file');
    } else {
      response.writeHead(206, { ...headers, 'content-range': range, 'content-length': '1' });
      response.end('t');
    }
  };
}
