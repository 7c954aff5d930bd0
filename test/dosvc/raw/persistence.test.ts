// SPDX-License-Identifier: MIT
// Which downloads outlive the service's process, and the effect of faults on their methods.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../../promises/awaited-later.js';
import { release } from '../../com/vtable.js';
import { Control } from '../../stand-in/client/control.js';
import { held, it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import {
  createDownload,
  createFor,
  enumerate,
  idsOf,
  next,
  Property,
  rangesOf,
  toEnd,
  VT,
  type RawDownload,
  type Variant,
} from './download.js';
import { StatusSink } from './status-sink.js';
import { StreamSink } from './stream-sink.js';

const DO_E_NO_DOWNLOADS = 0x80d02005;
const DO_E_FILE_DOWNLOADSINK_UNSPECIFIED = 0x80d02018;
const yes: Variant = [VT.BOOL, -1n];

async function find(id: string): Promise<RawDownload> {
  const enumerator = await enumerate([Property.Id, id]);
  if (typeof enumerator === 'number') throw new Error(enumerator.toString(16));
  const found = await next(enumerator);
  release(enumerator);
  if (!found) throw new Error('none');
  return found;
}

async function kill(control: Control): Promise<void> {
  await control.kill();
  (await Control.connect()).close();
}

describe('a service that was killed', () => {
  it('has nothing left of a volatile download', async ({ control, folder, server }) => {
    const url = server.serve('file', held());
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    await download.begins();
    await kill(control);
    expect(await idsOf(null)).toBe(DO_E_NO_DOWNLOADS);
    expect(readdirSync(folder)).toEqual([]);
    await expect(download.status()).rejects.toThrow();
  });

  it('continues a nonvolatile download, with all its settings', async ({
    control,
    folder,
    server,
  }) => {
    const served = held();
    const path = join(folder, 'file.bin');
    const download = await createFor(server.serve('file', served), path);
    const set: [number, Variant][] = [
      [Property.NonVolatile, yes],
      [Property.DisplayName, [VT.BSTR, 'Zurück\\n – 戻る\r\n']],
      [Property.TotalSizeBytes, [VT.UI8, 6n << 20n]],
      [Property.CallbackFreqSeconds, [VT.UI4, 5n]],
    ];
    for (const [id, value] of set) await download.set(id, value);
    const id = await download.id();
    await download.start();
    await download.begins();
    await kill(control);
    const found = await find(id);
    for (const [property, value] of set) expect(await found.get(property)).toEqual(value);
    server.letGo();
    await found.reach('transferred');
    expect(server.asked[1]?.range).toMatch(/^bytes=[1-9]\d*-6291455$/);
    await found.finalize();
    expect(readFileSync(path).equals(served.content)).toBe(true);
    found.release();
  });

  it('keeps a created or paused download as it was', async ({ control, folder, server }) => {
    const url = server.serve('file', held());
    const made = await Promise.all([
      createFor(url, join(folder, 'x')),
      createFor(url, join(folder, 'y')),
    ]);
    for (const one of made) await one.set(Property.NonVolatile, yes);
    const ids = await Promise.all(made.map((one) => one.id()));
    await made[0].start();
    await made[0].begins();
    await made[0].pause();
    const { transferred } = await made[0].status();
    await kill(control);
    const [paused, created] = await Promise.all(ids.map(find));
    expect(await paused?.status()).toMatchObject({ state: 'paused', transferred, error: 0 });
    expect(await created?.status()).toMatchObject({ state: 'created', transferred: 0 });
    server.letGo();
    await paused?.start(null);
    await paused?.reach('transferred');
    for (const one of [paused, created]) one?.release();
  });

  it('has lost the stream of a download', async ({ control, server }) => {
    const sink = new StreamSink();
    const download = await createDownload();
    await download.set(Property.Uri, [VT.BSTR, server.serve('file', held())]);
    await download.set(Property.StreamInterface, sink.variant);
    await download.set(Property.NonVolatile, yes);
    const id = await download.id();
    await download.start(rangesOf([0n, toEnd]));
    await download.begins();
    await kill(control);
    const found = await find(id);
    expect(await found.status()).toMatchObject({
      state: 'paused',
      error: DO_E_FILE_DOWNLOADSINK_UNSPECIFIED,
    });
    found.release();
  });

  it('keeps a finalization that it did not answer', async ({ control, folder, server }) => {
    const path = join(folder, 'file.bin');
    const content = bytesOf(100);
    const download = await createFor(server.serve('file', { content }), path);
    await download.set(Property.NonVolatile, yes);
    await download.start();
    await download.reach('transferred');
    await control.setFault('IDODownload::Finalize', 'die-after');
    expect(await download.finalize()).not.toBe(0);
    expect(await idsOf(null)).toBe(DO_E_NO_DOWNLOADS);
    expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe('each method', () => {
  const E_FAIL = 0x80004005;
  const methods = [
    'Start',
    'Pause',
    'Abort',
    'Finalize',
    'GetStatus',
    'GetProperty',
    'SetProperty',
  ];

  const callOf = (download: RawDownload, method: string): Promise<unknown> => {
    if (method === 'GetStatus') return download.status().catch((error: unknown) => error);
    if (method === 'GetProperty') return download.get(Property.Id);
    if (method === 'SetProperty') return download.trySet(Property.DisplayName, [VT.BSTR, 'x']);
    return download[method.toLowerCase() as 'start' | 'pause' | 'abort' | 'finalize']();
  };

  it('fails, hangs and is slow if a fault says so', async ({ control }) => {
    const download = await createDownload();
    for (const method of methods) {
      const address = `IDODownload::${method}`;
      await control.setFault(address, { fail: E_FAIL }, 1);
      const failed = await callOf(download, method);
      if (method === 'GetStatus') expect(String(failed)).toContain('80004005');
      else expect([method, failed]).toEqual([method, E_FAIL]);
      if (method === 'Abort') continue;
      await control.setFault(address, 'hang', 1);
      const hanging = awaitedLater(callOf(download, method));
      await expect.poll(() => control.count('hanging')).toBe(1);
      await control.letGo();
      await hanging;
      const before = await control.count(`calls ${address}`);
      await control.setFault(address, { delay: 50 }, 1);
      await callOf(download, method);
      expect(await control.count(`calls ${address}`)).toBe(before + 1);
    }
    for (const method of ['CreateDownload', 'EnumDownloads']) {
      await control.setFault(`IDOManager::${method}`, { fail: E_FAIL }, 1);
    }
    await expect(createDownload()).rejects.toThrow('80004005');
    expect(await idsOf(null)).toBe(E_FAIL);
    await control.setFault('IEnumUnknown::Next', { fail: E_FAIL }, 1);
    expect(await idsOf(null)).toEqual([]);
    download.release();
  });

  it('can kill the process, before it has done anything or after it', async ({ control }) => {
    const set = 'IDODownload::SetProperty';
    for (const [fault, name] of [
      ['die-before', 'before'],
      ['die-after', 'after'],
    ] as const) {
      const now = await Control.connect();
      const download = await createDownload();
      await download.set(Property.NonVolatile, yes);
      await download.set(Property.DisplayName, [VT.BSTR, 'before']);
      const id = await download.id();
      await now.setFault(set, fault, 1);
      expect(await download.trySet(Property.DisplayName, [VT.BSTR, 'after'])).not.toBe(0);
      now.close();
      (await Control.connect()).close();
      const found = await find(id);
      expect(await found.get(Property.DisplayName)).toEqual([VT.BSTR, name]);
      found.release();
    }
    await expect(control.count('downloads')).rejects.toThrow();
  });

  it('of a callback can hang or kill the service process, too', async ({
    control,
    folder,
    server,
  }) => {
    const sink = new StatusSink();
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    await download.set(Property.CallbackInterface, sink.variant);
    await control.setFault('IDODownloadStatusCallback::OnStatusChange', 'hang', 1);
    await download.start();
    await expect.poll(() => control.count('hanging')).toBe(1);
    await download.reach('transferred');
    expect(sink.told).toEqual([]);
    await control.letGo();
    await expect.poll(() => sink.states).toEqual(['transferring', 'transferred']);
    await control.setFault('IDODownloadStatusCallback::OnStatusChange', 'die-before', 1);
    await download.abort();
    await sleep(100);
    await expect(download.status()).rejects.toThrow();
  });
});
