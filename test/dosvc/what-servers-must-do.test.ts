// SPDX-License-Identifier: MIT
// What a job demands of a server, and the sizes that the service remembers.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackgroundCopyManager } from 'dosvc';
import { describe, expect } from 'vitest';
import { bytesOf } from '../http/served.js';
import { killService } from '../stand-in/client/death.js';
import { connect, it } from '../stand-in/client/fixtures.js';

/** Downloads a file with a new job, and returns its bytes. */
async function fetched(manager: BackgroundCopyManager, url: string, path: string): Promise<Buffer> {
  const job = await manager.createJob('fetch');
  try {
    await job.addFile(url, path);
    await job.resume();
    await job.wait();
    await job.complete();
  } catch (error) {
    await job.cancel();
    throw error;
  }
  return readFileSync(path);
}

describe('a server', () => {
  it.for([
    ['the size', { chunked: true }, 'ERROR_WINHTTP_HEADER_NOT_FOUND', 'Content-Length'],
    ['ranges', { ranges: false }, 'DO_E_INSUFFICIENT_RANGE_SUPPORT', 'range'],
  ] as const)('must have %s', async ([, how, code, advice], { folder, manager, server }) => {
    const url = server.serve('file', { content: bytesOf(10), ...how });
    await expect(fetched(manager, url, join(folder, 'file.bin'))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(advice) as string,
    });
  });

  it('is asked for the size, and then for 1 MB at a time', async ({ folder, manager, server }) => {
    const content = bytesOf(2_500_000);
    const url = server.serve('file', { content });
    const got = await fetched(manager, url, join(folder, 'file.bin'));
    expect(got.equals(content)).toBe(true);
    expect(server.asked.map(({ method, range }) => [method, range])).toEqual([
      ['HEAD', undefined],
      ['GET', 'bytes=0-1048575'],
      ['GET', 'bytes=1048576-2097151'],
      ['GET', 'bytes=2097152-2499999'],
    ]);
  });
});

describe('the size of an address', () => {
  it('is remembered of a file that has become longer, until the service restarts', async ({
    folder,
    manager,
    server,
  }) => {
    const [content, longer] = [bytesOf(1000), bytesOf(1500)];
    const url = server.serve('file', { content });
    const path = join(folder, 'file.bin');
    expect(await fetched(manager, url, path)).toHaveLength(1000);
    server.serve('file', { content: longer });
    expect((await fetched(manager, url, path)).equals(longer.subarray(0, 1000))).toBe(true);
    expect((await fetched(manager, `${url}?version=2`, path)).equals(longer)).toBe(true);
    await killService();
    await using later = await connect();
    expect((await fetched(later, url, path)).equals(longer)).toBe(true);
  });

  it('is remembered of a file that has become shorter', async ({ folder, manager, server }) => {
    const url = server.serve('file', { content: bytesOf(1000) });
    const path = join(folder, 'file.bin');
    await fetched(manager, url, path);
    server.serve('file', { content: bytesOf(900) });
    await expect(fetched(manager, url, path)).rejects.toMatchObject({
      code: 'DO_E_INSUFFICIENT_RANGE_SUPPORT',
    });
  });
});
