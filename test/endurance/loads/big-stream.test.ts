// SPDX-License-Identifier: MIT
// A stream that is larger than the memory that a process may use for it.

import { createHash } from 'node:crypto';
import { describe, expect } from 'vitest';
import { it } from '../../stand-in/client/downloads.js';
import { bytesOf, Repeated } from '../../http/served.js';

describe('a stream of 128 MiB', () => {
  const size = 128 << 20;
  const block = bytesOf(1 << 20, 7);

  // The stand-in writes 8 KB at a time, and each write is a call to this process.
  it('takes less than 64 MB of memory', async ({ server, downloads }) => {
    // Made as it is sent: the server runs in this process, too.
    const uri = server.serve('file', { content: new Repeated(block, size), etag: '"1"' });
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
    expect(bytes).toBe(size);
    expect(hash.digest('hex')).toBe(expected.digest('hex'));
    expect(most).toBeLessThan(64 << 20);
  });
});
