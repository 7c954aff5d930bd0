// SPDX-License-Identifier: MIT
// lib/transfer/http/part-file.ts: what is written, in which pieces, and what happens on a full disk.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PartFile } from '../../../../lib/transfer/http/part-file.js';
import { bytesOf } from '../../../http/served.js';
import { rejection } from '../../../promises/rejection.js';
import { folders } from '../folder.js';
import { scenes } from './scene.js';

const newFolder = folders();
const scene = scenes();
const content = bytesOf(3_000_000);

afterEach(() => {
  vi.restoreAllMocks();
});

/** What all handles of files have in common. */
async function handles(): Promise<FileHandle> {
  const handle = await open(import.meta.filename);
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

const lengthOf = (pieces: readonly NodeJS.ArrayBufferView[]) =>
  pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);

describe('a part', () => {
  it('is appended to, and keeps as much as it should', async () => {
    const path = join(newFolder(), 'part');
    writeFileSync(path, content.subarray(0, 2000));
    const sizes: number[] = [];
    const part = await PartFile.open(path, 1000, (size) => sizes.push(size));
    expect(part.size).toBe(1000);
    for (let at = 1000; at < content.length; at += 9999) {
      await part.append(content.subarray(at, at + 9999));
    }
    await part.flush();
    expect(part.size).toBe(content.length);
    expect(sizes.at(-1)).toBe(content.length);
    expect(readFileSync(path).equals(content)).toBe(true);
    await part.empty();
    await part.append(content.subarray(0, 5));
    await part.close();
    expect(readFileSync(path).equals(content.subarray(0, 5))).toBe(true);
  });

  it('is whole although the system writes less than it is given', async () => {
    const path = join(newFolder(), 'part');
    const files = await handles();
    vi.spyOn(files, 'writev').mockImplementation(async function (this: FileHandle, pieces, at) {
      const [first] = pieces;
      if (first === undefined) throw new Error('nothing to write');
      const half = Math.ceil(first.byteLength / 2);
      const { bytesWritten } = await this.write(first as Uint8Array, 0, half, at ?? 0);
      return { bytesWritten, buffers: pieces };
    });
    const part = await PartFile.open(path, 0, () => undefined);
    for (let at = 0; at < content.length; at += 9999) {
      await part.append(content.subarray(at, at + 9999));
    }
    await part.flush();
    await part.close();
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('takes about a megabyte more than the disk', async () => {
    const path = join(newFolder(), 'part');
    const files = await handles();
    const writes: (() => void)[] = [];
    vi.spyOn(files, 'writev').mockImplementation(async (buffers) => {
      await new Promise<void>((resolve) => writes.push(resolve));
      return { bytesWritten: lengthOf(buffers), buffers };
    });
    const part = await PartFile.open(path, 0, () => undefined);
    let taken = 0;
    const appended = (async () => {
      for (let at = 0; at < content.length; at += 100_000) {
        await part.append(content.subarray(at, at + 100_000));
        taken = at + 100_000;
      }
      await part.flush();
    })();
    await vi.waitUntil(() => taken >= 1_000_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBeLessThanOrEqual(1_200_000);
    while (part.size < content.length) {
      await vi.waitUntil(() => writes.length > 0);
      writes.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await appended;
    await part.close();
  });

  it('cannot be where there is a folder, or nothing', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'part'));
    const inPlace = PartFile.open(join(folder, 'part'), 0, () => undefined);
    expect(await rejection(inPlace)).toMatchObject({ name: 'DosvcError' });
    const nowhere = PartFile.open(join(folder, 'missing', 'part'), 0, () => undefined);
    expect(await rejection(nowhere)).toMatchObject({ code: 'ERROR_PATH_NOT_FOUND' });
  });
});

describe('a full disk', () => {
  it.each([
    ['ENOSPC', 'ERROR_DISK_FULL'],
    ['EDQUOT', 'ERROR_DISK_FULL'],
    ['EIO', 'ERROR_GEN_FAILURE'],
  ])(
    'or one that fails with %s ends the transfer, and what is there can go',
    async (code, name) => {
      const server = await scene().serve((exchange) => exchange.file(content, { etag: '"1"' }));
      const files = await handles();
      vi.spyOn(files, 'writev').mockImplementation(async function (this: FileHandle, buffers, at) {
        if (at !== 0) throw Object.assign(new Error(code), { code });
        const bytes = Buffer.concat(buffers as Uint8Array[]);
        const { bytesWritten } = await this.write(bytes, 0, bytes.length, 0);
        return { bytesWritten, buffers };
      });
      const transfer = await scene().prepare(server.url());
      expect(await rejection(transfer.run())).toMatchObject({
        name: 'DosvcError',
        code: name,
        blame: 'disk',
        message: expect.stringContaining(scene().file) as string,
        cause: { code },
      });
      expect(server.exchanges).toHaveLength(1);
      await transfer.stop('discard');
      expect(scene().left).toEqual([]);
    },
  );
});
