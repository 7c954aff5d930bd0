// SPDX-License-Identifier: MIT
// Downloads of the newer API on the stand-in, through koffi: the whole way, and each method in each
// state.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, slowly } from './fixtures.js';
import { createFor, Property } from './raw-download.js';
import { StatusSink } from './status-sink.js';
import { bytesOf } from './transfer/range-server.js';

const DO_E_INVALID_STATE = 0x80d02013;

describe('a download', () => {
  it('brings a file, visible when it is finalized', async ({ control, folder, server }) => {
    const content = bytesOf(3_000_000);
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', { content }), path);
    expect(await download.status()).toEqual({
      total: 0,
      transferred: 0,
      state: 'created',
      error: 0,
      extendedError: 0,
    });
    const sink = new StatusSink();
    await download.set(Property.CallbackInterface, sink.variant);
    expect(await download.start()).toBe(0);
    const { total, transferred } = await download.reach('transferred');
    expect([total, transferred]).toEqual([3_000_000, 3_000_000]);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^DO.*\.tmp$/)]);
    expect(await download.finalize()).toBe(0);
    expect((await download.status()).state).toBe('finalized');
    expect(readdirSync(folder)).toEqual(['file.bin']);
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(await control.count('downloads')).toBe(0);
    await expect.poll(() => sink.states).toEqual(['transferring', 'transferred', 'finalized']);
    download.release();
  });

  it('stops and goes on where it was', async ({ control, folder, server }) => {
    expect(await control.count('hanging')).toBe(0);
    const served = slowly(1_000_000);
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', served), path);
    await download.start();
    await download.begins();
    expect(await download.pause()).toBe(0);
    const { state, transferred } = await download.status();
    expect(state).toBe('paused');
    expect(transferred).toBeLessThan(1_000_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await download.status()).toMatchObject({ state, transferred });
    expect(await download.pause()).toBe(0);
    expect(await download.start(null)).toBe(0);
    await download.reach('transferred');
    expect(server.asked.map(({ range }) => range)).toEqual([
      'bytes=0-',
      `bytes=${String(transferred)}-999999`,
    ]);
    await download.finalize();
    expect(readFileSync(path).equals(served.content)).toBe(true);
    download.release();
  });

  it('is aborted, and leaves nothing behind', async ({ control, folder, server }) => {
    const url = server.serve('file', slowly(1_000_000));
    const download = await createFor(url, join(folder, 'file.bin'));
    await download.start();
    await download.begins();
    expect(await download.abort()).toBe(0);
    expect((await download.status()).state).toBe('aborted');
    expect(readdirSync(folder)).toEqual([]);
    expect(await control.count('downloads')).toBe(0);
    for (const method of ['start', 'pause', 'abort', 'finalize'] as const) {
      expect([method, await download[method]()]).toEqual([method, DO_E_INVALID_STATE]);
    }
    download.release();
  });
});
