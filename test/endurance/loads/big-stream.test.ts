// SPDX-License-Identifier: MIT
// A stream of much more than a process should have in its memory.

import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect } from 'vitest';
import { it } from '../../dosvc/downloads.js';
import { bytesOf } from '../../dosvc/transfer/range-server.js';

describe('a stream of 128 MiB', () => {
  const size = 128 << 20;
  const block = bytesOf(1 << 20, 7);

  /** Serves it without having it. */
  async function serve(): Promise<{ server: Server; uri: string }> {
    const server = createServer((request, response) => {
      const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
      const [start, end] = [Number(from), to === '' ? size : Number(to) + 1];
      response.writeHead(206, {
        'Content-Length': end - start,
        'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${String(size)}`,
        'Accept-Ranges': 'bytes',
        ETag: '"1"',
      });
      if (request.method === 'HEAD') {
        response.end();
        return;
      }
      function* blocks() {
        for (let at = start; at < end;) {
          const piece = block.subarray(
            at % block.length,
            Math.min(block.length, (at % block.length) + end - at),
          );
          yield piece;
          at += piece.length;
        }
      }
      pipeline(Readable.from(blocks(), { objectMode: false }), response).catch(() => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { server, uri: `http://127.0.0.1:${String(port)}/file` };
  }

  // The stand-in writes 8 KB at a time, each of them a call to this process.
  it('comes through less than 64 MB of memory', async ({ downloads }) => {
    const { server, uri } = await serve();
    const download = await downloads.createDownload({ uri });
    const expected = createHash('sha256');
    for (let at = 0; at < size; at += block.length) expected.update(block);
    const idle = process.memoryUsage().rss;
    let [most, bytes] = [0, 0];
    const hash = createHash('sha256');
    for await (const piece of download.stream() as AsyncIterable<Buffer>) {
      bytes += piece.length;
      hash.update(piece);
      most = Math.max(most, process.memoryUsage().rss - idle);
    }
    server.close();
    expect(bytes).toBe(size);
    expect(hash.digest('hex')).toBe(expected.digest('hex'));
    expect(most).toBeLessThan(64 << 20);
  });
});
