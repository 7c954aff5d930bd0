// SPDX-License-Identifier: MIT
// Downloads of the newer API on the stand-in, through koffi: from creation to the end, and each method
// in each state.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../../promises/awaited-later.js';
import { held, it, slowlyInMiB } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { createDownload, createFor, Property, VT, type Variant } from './download.js';
import { StatusSink } from './status-sink.js';

const E_ABORT = 0x80004004;
const E_ACCESSDENIED = 0x80070005;
const ERROR_FILE_NOT_FOUND = 0x80070002;
const ERROR_ALREADY_EXISTS = 0x800700b7;
const ERROR_INVALID_NAME = 0x8007007b;
const DO_E_INVALID_STATE = 0x80d02013;
const DO_E_INTEGRITYCHECKINFO_UNAVAILABLE = 0x80d02017;
const DO_E_FILE_DOWNLOADSINK_UNSPECIFIED = 0x80d02018;

const yes: Variant = [VT.BOOL, -1n];

describe('a download', () => {
  it('fetches a file that appears when it is finalized', async ({ control, folder, server }) => {
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

  it('stops, and continues where it stopped', async ({ control, folder, server }) => {
    await control.setSwitch('progress-step', 1);
    const served = held(1_000_000);
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
    server.letGo();
    await download.reach('transferred');
    expect(server.asked.map(({ range }) => range)).toEqual([
      'bytes=0-',
      `bytes=${String(transferred)}-999999`,
    ]);
    await download.finalize();
    expect(readFileSync(path).equals(served.content)).toBe(true);
    download.release();
  });

  it('leaves nothing behind when it is aborted', async ({ control, folder, server }) => {
    const url = server.serve('file', held());
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

  it('begins with Start, and ends when it is finalized or aborted', async ({
    control,
    folder,
    server,
  }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'file.bin'));
    expect(await download.pause()).toBe(DO_E_INVALID_STATE);
    expect(await download.finalize()).toBe(DO_E_INVALID_STATE);
    await download.start();
    await download.reach('transferred');
    expect(await download.pause()).toBe(DO_E_INVALID_STATE);
    await download.finalize();
    for (const method of ['start', 'pause', 'abort', 'finalize'] as const) {
      expect([method, await download[method]()]).toEqual([method, DO_E_INVALID_STATE]);
    }
    expect(await download.start(null)).toBe(DO_E_INVALID_STATE);
    const never = await createDownload();
    expect(await never.abort()).toBe(0);
    const transferred = await createFor(url, join(folder, 'other.bin'));
    await transferred.start();
    await transferred.reach('transferred');
    expect(await transferred.abort()).toBe(0);
    expect(readdirSync(folder)).toEqual(['file.bin']);
    expect(await control.count('downloads')).toBe(0);
    for (const one of [download, never, transferred]) one.release();
  });

  it('cannot be finalized halfway', async ({ control, folder, server }) => {
    const download = await createFor(server.serve('file', held()), join(folder, 'x'));
    await download.start();
    await download.begins();
    expect(await download.finalize()).toBe(DO_E_INVALID_STATE);
    await download.pause();
    expect(await download.finalize()).toBe(DO_E_INVALID_STATE);
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });
});

describe('a target', () => {
  it('is created with its folders', async ({ control, folder, server }) => {
    const path = join(folder, 'one', 'two', 'file.bin');
    const content = bytesOf(100);
    const download = await createFor(server.serve('file', { content }), path);
    await download.start();
    await download.reach('transferred');
    await download.finalize();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('is not overwritten if it exists', async ({ control, folder, server }) => {
    const path = join(folder, 'file.bin');
    writeFileSync(path, 'before');
    const download = await createFor(server.serve('file', { content: bytesOf(100) }), path);
    await download.start();
    await download.reach('transferred');
    expect(await download.finalize()).toBe(ERROR_ALREADY_EXISTS);
    expect((await download.status()).state).toBe('transferred');
    expect(readFileSync(path, 'utf8')).toBe('before');
    rmSync(path);
    expect(await download.finalize()).toBe(0);
    expect(readFileSync(path).equals(bytesOf(100))).toBe(true);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('that cannot be created fails after Start', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'what?', 'file.bin'));
    expect(await download.start()).toBe(0);
    const { error, state } = await download.fails();
    expect([ERROR_INVALID_NAME, 0x80070003]).toContain(error);
    expect(state).toBe('paused');
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('that is not fully qualified is accepted, and fails after Start', async ({
    control,
    server,
  }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    for (const path of ['relative.bin', '?one///two/// ///.1', '']) {
      const download = await createDownload();
      await download.set(Property.Uri, [VT.BSTR, url]);
      expect(await download.trySet(Property.LocalPath, [VT.BSTR, path])).toBe(0);
      expect(await download.start()).toBe(path ? 0 : DO_E_FILE_DOWNLOADSINK_UNSPECIFIED);
      if (path) expect(await download.fails()).toMatchObject({ error: E_ACCESSDENIED });
      await download.abort();
      download.release();
    }
    expect(server.asked).toEqual([]);
    expect(await control.count('downloads')).toBe(0);
  });

  it('that was deleted during a pause fails', async ({ control, folder, server }) => {
    const url = server.serve('file', held());
    const download = await createFor(url, join(folder, 'file.bin'));
    await download.start();
    await download.begins();
    await download.pause();
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    expect(await download.start(null)).toBe(0);
    expect(await download.fails()).toMatchObject({ state: 'paused', error: ERROR_FILE_NOT_FOUND });
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('of two downloads aborts the first, even a paused one', async ({
    control,
    folder,
    server,
  }) => {
    const path = join(folder, 'File.bin');
    const url = server.serve('slow', held());
    const content = bytesOf(100);
    const [transferring, paused, waiting] = await Promise.all([
      createFor(url, path),
      createFor(url, path),
      createFor(url, path),
    ]);
    await transferring.start();
    await transferring.begins();
    await paused.start();
    expect((await transferring.status()).state).toBe('aborted');
    await paused.begins();
    await paused.pause();
    const last = await createFor(server.serve('file', { content }), path.toUpperCase());
    await last.start();
    expect((await paused.status()).state).toBe('aborted');
    // It was never started.
    expect((await waiting.status()).state).toBe('created');
    await last.reach('transferred');
    await last.finalize();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(await control.count('downloads')).toBe(1);
    for (const one of [transferring, paused, waiting, last]) one.release();
  });
});

describe('BlockingMode', () => {
  it('blocks Start until the download is transferred', async ({ control, folder, server }) => {
    const download = await createFor(server.serve('file', slowlyInMiB()), join(folder, 'x'));
    await download.set(Property.BlockingMode, yes);
    expect(await download.start()).toBe(0);
    expect((await download.status()).state).toBe('transferred');
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('blocks Start until there is an error, or it is aborted', async ({
    control,
    folder,
    server,
  }) => {
    const url = server.serve('file', { content: bytesOf(1), statuses: [404] });
    const failing = await createFor(url, join(folder, 'x'));
    await failing.set(Property.BlockingMode, yes);
    expect(await failing.start()).toBe(0x80190194);
    const endless = server.serve('endless', held());
    const aborted = await createFor(endless, join(folder, 'y'));
    await aborted.set(Property.BlockingMode, yes);
    const started = awaitedLater(aborted.start());
    await aborted.begins();
    expect(await aborted.abort()).toBe(0);
    expect(await started).toBe(E_ABORT);
    expect(await control.count('downloads')).toBe(1);
    for (const one of [failing, aborted]) one.release();
  });
});

describe('a mandatory integrity check', () => {
  it('needs its piece hash file', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const there = server.serve('hashes', { content: Buffer.from('{}') });
    for (const [hashes, error] of [
      [there, 0],
      [`${there}-lost`, DO_E_INTEGRITYCHECKINFO_UNAVAILABLE],
    ] as const) {
      const download = await createFor(url, join(folder, error ? 'x' : 'y'));
      await download.set(Property.IntegrityCheckMandatory, yes);
      const info = JSON.stringify({ PiecesHashFileUrl: hashes });
      await download.set(Property.IntegrityCheckInfo, [VT.BSTR, info]);
      await download.start();
      const status = error ? await download.fails() : await download.reach('transferred');
      expect(status.error).toBe(error);
      download.release();
    }
    expect(await control.count('downloads')).toBe(2);
  });
});
