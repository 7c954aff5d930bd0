// SPDX-License-Identifier: MIT
// The part of a file that a download of the newer API requests: null, empty and ranges differ.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { held, it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { createFor, rangesOf, toEnd, wholeFile } from './download.js';

const DO_E_INVALID_STATE = 0x80d02013;
const DO_E_FILE_SIZE_UNKNOWN_HTTP_200 = 0x80d0201a;
const DO_E_INVALID_RANGE = 0x80d05010;
const DO_E_INSUFFICIENT_RANGE_SUPPORT = 0x80d05011;
const DO_E_OVERLAPPING_RANGES = 0x80d05012;

describe('Start', () => {
  it('continues with null', async ({ control, folder, server }) => {
    await control.setSwitch('progress-step', 1);
    const served = held(800_000);
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', served), path);
    expect(await download.start(rangesOf([500_000n, 300_000n]))).toBe(0);
    await download.begins();
    // It is transferring already.
    expect(await download.start(null)).toBe(0);
    expect(await download.start(wholeFile)).toBe(DO_E_INVALID_STATE);
    await download.pause();
    const { transferred, total } = await download.status();
    expect(total).toBe(300_000);
    expect(await download.start(null)).toBe(0);
    server.letGo();
    await download.reach('transferred');
    expect(server.asked.map(({ range }) => range)).toEqual([
      'bytes=500000-799999',
      `bytes=${String(500_000 + transferred)}-799999`,
    ]);
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('fetches the whole file with null, too', async ({ control, folder, server }) => {
    const content = bytesOf(1000);
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', { content }), path);
    expect(await download.start(null)).toBe(0);
    expect(await download.reach('transferred')).toMatchObject({ total: 1000 });
    await download.finalize();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('fetches ranges, one after another', async ({ control, folder, server }) => {
    const content = bytesOf(100_000);
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', { content }), path);
    await download.start(rangesOf([90_000n, toEnd], [100n, 50n], [1000n, 7n]));
    expect(await download.reach('transferred')).toMatchObject({ total: 10_057 });
    await download.finalize();
    const wanted = [content.subarray(90_000), content.subarray(100, 150)];
    wanted.push(content.subarray(1000, 1007));
    expect(readFileSync(path).equals(Buffer.concat(wanted))).toBe(true);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('fetches another portion of a transferred file', async ({ control, folder, server }) => {
    const content = bytesOf(10_000);
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', { content, etag: '"1"' }), path);
    await download.start(rangesOf([0n, 1000n]));
    await download.reach('transferred');
    expect(await download.start(null)).toBe(0);
    expect((await download.status()).state).toBe('transferred');
    expect(await download.start(rangesOf([5000n, 10n]))).toBe(0);
    expect(await download.reach('transferred')).toMatchObject({ total: 1010, transferred: 1010 });
    await download.finalize();
    const wanted = [content.subarray(0, 1000), content.subarray(5000, 5010)];
    expect(readFileSync(path).equals(Buffer.concat(wanted))).toBe(true);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('can request other ranges after a pause', async ({ control, folder, server }) => {
    const served = held();
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', served), path);
    await download.start();
    await download.begins();
    await download.pause();
    expect(await download.start(rangesOf([10n, 20n]))).toBe(0);
    expect(await download.reach('transferred')).toMatchObject({ total: 20, transferred: 20 });
    await download.finalize();
    expect(readFileSync(path).equals(served.content.subarray(10, 30))).toBe(true);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('refuses invalid and overlapping ranges', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(10) });
    const download = await createFor(url, join(folder, 'file.bin'));
    expect(await download.start(rangesOf([1n, 0n]))).toBe(DO_E_INVALID_RANGE);
    expect(await download.start(rangesOf([toEnd, 1n]))).toBe(DO_E_INVALID_RANGE);
    expect(await download.start(rangesOf([0n, 5n], [4n, 1n]))).toBe(DO_E_OVERLAPPING_RANGES);
    expect(await download.start(rangesOf([0n, 5n], [0n, 5n]))).toBe(DO_E_OVERLAPPING_RANGES);
    expect(await download.start(rangesOf([5n, toEnd], [9n, 1n]))).toBe(DO_E_OVERLAPPING_RANGES);
    expect((await download.status()).state).toBe('created');
    expect(await control.count('calls IDODownload::Start')).toBeGreaterThan(0);
    download.release();
  });

  it('never reports less when another portion is added', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'file.bin'));
    await download.start(rangesOf([0n, 10n]));
    await download.reach('transferred');
    server.serve('file', { content: bytesOf(100), hold: 0 });
    await download.start(rangesOf([10n, 10n]));
    await expect.poll(() => server.holding).toBe(1);
    expect(await download.status()).toMatchObject({ state: 'transferring', transferred: 10 });
    server.letGo();
    expect(await download.reach('transferred')).toMatchObject({ total: 20, transferred: 20 });
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('fails later if a range goes beyond the file', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(10) });
    const download = await createFor(url, join(folder, 'file.bin'));
    await download.start(rangesOf([5n, 10n]));
    expect(await download.fails()).toMatchObject({ state: 'paused', error: DO_E_INVALID_RANGE });
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('needs a server with ranges, even for the whole file', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(10), ranges: false });
    for (const ranges of [wholeFile, rangesOf([0n, 5n])]) {
      const path = join(folder, 'file.bin');
      const download = await createFor(url, path);
      await download.start(ranges);
      expect(await download.fails()).toMatchObject({
        state: 'paused',
        error: DO_E_INSUFFICIENT_RANGE_SUPPORT,
      });
      await download.abort();
      expect(existsSync(path)).toBe(false);
      download.release();
    }
    expect(await control.count('downloads')).toBe(0);
  });

  it('needs the size', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(10), ranges: false, chunked: true });
    const download = await createFor(url, join(folder, 'file.bin'));
    await download.start();
    expect(await download.fails()).toMatchObject({ error: DO_E_FILE_SIZE_UNKNOWN_HTTP_200 });
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('fetches an empty file', async ({ control, folder, server }) => {
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', { content: Buffer.alloc(0) }), path);
    await download.start();
    await download.reach('transferred');
    await download.finalize();
    expect(readFileSync(path).length).toBe(0);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });
});
