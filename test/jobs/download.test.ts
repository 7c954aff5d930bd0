// SPDX-License-Identifier: MIT
// A download, from the first call to the finished file.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, settled } from '../service/fixtures.js';

describe('a download', () => {
  it('transfers 5 MB byte for byte', async ({ server, folder, job }) => {
    const { url, content } = server.file('whole', 'large.bin', 5_000_000);
    const path = join(folder, 'large.bin');
    expect(await job.getState()).toBe('suspended');

    await job.addFile(url, path);
    const end = settled(job);
    await job.resume();

    expect(await end).toBe(true);
    expect(await job.getState()).toBe('transferred');
    expect(existsSync(path)).toBe(false);
    expect(await job.complete()).toEqual({ code: 'S_OK', hresult: 0 });
    expect(await job.getState()).toBe('acknowledged');
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('transfers several files', async ({ server, folder, job }) => {
    const files = [
      server.file('whole', 'one.bin', 1),
      server.file('whole', 'two.bin', 70_000),
      server.file('whole', 'drei – äöü.bin', 30_000),
    ];
    const paths = ['one.bin', 'two.bin', 'drei – äöü.bin'].map((name) => join(folder, name));
    for (const [at, path] of paths.entries())
      await job.addFile(encodeURI(files[at]?.url ?? ''), path);
    expect(await job.getProgress()).toMatchObject({ filesTotal: 3, filesTransferred: 0 });

    const end = settled(job);
    await job.resume();
    expect(await end).toBe(true);
    expect(await job.getProgress()).toMatchObject({ filesTotal: 3, filesTransferred: 3 });
    await job.complete();
    expect(paths.map((path) => readFileSync(path).length)).toEqual([1, 70_000, 30_000]);
  });

  it('reports progress while it runs', async ({ server, folder, job }) => {
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    const halfway = new Promise<number>((resolve) => {
      job.on('progress', ({ bytesTransferred }) => {
        if (bytesTransferred > 0) resolve(bytesTransferred);
      });
    });
    const end = settled(job);
    await job.resume();
    expect(await halfway).toBeLessThanOrEqual(50_000);
    expect(await job.getState()).toBe('transferring');

    server.letGo();
    expect(await end).toBe(true);
    expect(await job.getProgress()).toMatchObject({
      bytesTransferred: 100_000,
      filesTotal: 1,
      filesTransferred: 1,
    });
  });

  it('has no known size before the server reports one', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    expect(await job.getProgress()).toEqual({
      bytesTotal: null,
      bytesTransferred: 0,
      filesTotal: 1,
      filesTransferred: 0,
    });
  });

  it('leaves nothing behind when it is cancelled', async ({ server, folder, job }) => {
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    const moving = new Promise<void>((resolve) => {
      job.on('progress', ({ bytesTransferred }) => {
        if (bytesTransferred > 0) resolve();
      });
    });
    await job.resume();
    await moving;
    const cancelled = job.cancel();
    // The BITS of Wine 8 waits until the server has sent the rest.
    server.letGo();
    const { code } = await cancelled;
    expect(['S_OK', 'BG_S_UNABLE_TO_DELETE_FILES']).toContain(code);
    expect(await job.getState()).toBe('cancelled');
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });
});
