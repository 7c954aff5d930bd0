// SPDX-License-Identifier: MIT
// The downloads that EnumDownloads finds, and its enumerator.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { invokeSlot, pointerIn, release, room } from '../../com/vtable.js';
import { held, it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { createDownload, createFor, enumerate, idsOf, next, Property, VT } from './download.js';

const S_FALSE = 1;
const E_INVALIDARG = 0x80070057;
const E_ACCESSDENIED = 0x80070005;
const DO_E_NO_DOWNLOADS = 0x80d02005;

/** The slots of IEnumUnknown. */
const Skip = 4;
const Reset = 5;
const Clone = 6;

describe('EnumDownloads', () => {
  it('fails if there are no downloads', async ({ control }) => {
    expect(await idsOf(null)).toBe(DO_E_NO_DOWNLOADS);
    const download = await createDownload();
    expect(await idsOf([Property.DisplayName, 'nobody'])).toBe(DO_E_NO_DOWNLOADS);
    expect(await idsOf(null)).toEqual([await download.id()]);
    await download.abort();
    expect(await idsOf(null)).toBe(DO_E_NO_DOWNLOADS);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('finds by each category, and by no other property', async ({ control, folder }) => {
    const download = await createFor('http://127.0.0.1:1/x', join(folder, 'File.bin'));
    await download.set(Property.ContentId, [VT.BSTR, 'content']);
    await download.set(Property.DisplayName, [VT.BSTR, 'Größe']);
    const other = await createDownload();
    const id = await download.id();
    const categories: [number, string][] = [
      [Property.Id, id],
      [Property.Uri, 'http://127.0.0.1:1/x'],
      [Property.ContentId, 'content'],
      [Property.DisplayName, 'Größe'],
      [Property.LocalPath, join(folder, 'FILE.bin')],
    ];
    for (const category of categories)
      expect([category, await idsOf(category)]).toEqual([category, [id]]);
    for (const property of Object.values(Property)) {
      if (categories.some(([one]) => one === property)) continue;
      expect([property, await idsOf([property, 'x'])]).toEqual([property, E_INVALIDARG]);
    }
    expect(((await idsOf(null)) as string[]).toSorted()).toEqual([id, await other.id()].toSorted());
    expect(await control.count('downloads')).toBe(2);
    for (const one of [download, other]) one.release();
  });

  it('returns downloads that can be started, and none of another user', async ({
    control,
    folder,
    server,
  }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    const id = await download.id();
    await control.setForeign(id, true);
    expect(await idsOf(null)).toBe(DO_E_NO_DOWNLOADS);
    expect(await download.start()).toBe(E_ACCESSDENIED);
    await control.setForeign(id, false);
    const enumerator = await enumerate([Property.Id, id]);
    if (typeof enumerator === 'number') throw new Error(enumerator.toString(16));
    const found = await next(enumerator);
    if (!found) throw new Error('none');
    await found.start();
    await download.reach('transferred');
    await found.finalize();
    expect((await download.status()).state).toBe('finalized');
    expect(await idsOf(null)).toBe(DO_E_NO_DOWNLOADS);
    for (const one of [found, download]) one.release();
    release(enumerator);
  });
});

describe('the enumerator', () => {
  it('skips, resets, and is cloned at its position', async ({ control }) => {
    const made = await Promise.all(Array.from({ length: 5 }, createDownload));
    const enumerator = await enumerate(null);
    if (typeof enumerator === 'number') throw new Error(enumerator.toString(16));
    const first = await next(enumerator);
    expect(await invokeSlot(enumerator, Skip, 2)).toBe(0);
    const clone = room();
    expect(await invokeSlot(enumerator, Clone, clone)).toBe(0);
    const [here, there] = [await next(enumerator), await next(pointerIn(clone))];
    expect(await here?.id()).toBe(await there?.id());
    expect(await invokeSlot(enumerator, Skip, 2)).toBe(S_FALSE);
    expect(await next(enumerator)).toBeNull();
    expect(await invokeSlot(enumerator, Reset)).toBe(0);
    const again = await next(enumerator);
    expect(await again?.id()).toBe(await first?.id());

    // Several at once, and fewer than requested.
    const [all, fetched] = [room(64), room(4)];
    expect(await invokeSlot(enumerator, 3, 8, all, fetched)).toBe(S_FALSE);
    expect(fetched.readUInt32LE()).toBe(4);
    for (let at = 0; at < 4; at++) void invokeSlot(all.readBigUInt64LE(at * 8), 2);
    expect(await control.count('downloads')).toBe(5);
    for (const one of [...made, first, here, there, again]) one?.release();
    release(pointerIn(clone));
    release(enumerator);
  });
});

describe('a download of another user', () => {
  it('is not stopped by calls that are refused', async ({ control, folder, server }) => {
    const download = await createFor(server.serve('file', held()), join(folder, 'x'));
    await download.start();
    await download.begins();
    await control.setForeign(await download.id(), true);
    expect(await download.pause()).toBe(E_ACCESSDENIED);
    expect(await download.abort()).toBe(E_ACCESSDENIED);
    await control.setForeign(await download.id(), false);
    server.letGo();
    await download.reach('transferred');
    download.release();
  });
});
