// SPDX-License-Identifier: MIT
// Many downloads at a time, by routes of the test.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  downloadEach,
  type DownloadAllOptions,
  type TransferItem,
} from '../../../lib/transfer/download-all.js';
import type { TransferResult } from '../../../lib/transfer/options.js';
import { perform } from '../../../lib/transfer/perform.js';
import type { AllProgress } from '../../../lib/transfer/total.js';
import { rejection } from '../../promises/rejection.js';
import { folders } from './folder.js';
import { breaks, codes, delivers, FakeWays, hangs, type FakeTransfer } from './routes.js';
import { content, hashOf, sha256, url } from './scene.js';

const newFolder = folders();

function scene(count: number) {
  const ways = new FakeWays();
  const folder = newFolder();
  const items: TransferItem[] = Array.from({ length: count }, (_, at) => ({
    url: `${url}/${String(at)}`,
    file: join(folder, `${String(at)}.bin`),
  }));
  const all = (options: DownloadAllOptions = {}, given: unknown = items) =>
    downloadEach(
      given,
      { routes: ['http'], ...options },
      (request) => perform(request, ways, '') as Promise<TransferResult>,
    );
  return { ways, folder, items, all };
}

describe('downloadAll()', () => {
  it('settles with a result for each item, in order', async () => {
    const { ways, items, all } = scene(3);
    ways.on('http', delivers('a'), breaks(codes.connect), delivers('ccc'));
    const results = await all({ concurrency: 1 });
    expect(results).toMatchObject([
      { status: 'fulfilled', value: { bytes: 1, file: items[0]?.file } },
      { status: 'rejected', reason: { code: 'ERROR_WINHTTP_CANNOT_CONNECT' } },
      { status: 'fulfilled', value: { bytes: 3 } },
    ]);
    expect(await all({}, [])).toEqual([]);
  });

  it.each([
    [undefined, 4],
    [1, 1],
    [7, 7],
  ])('runs so many at a time: %s', async (concurrency, most) => {
    const { ways, all } = scene(20);
    let running = 0;
    let seen = 0;
    let full: () => void = () => undefined;
    const isFull = new Promise<void>((resolve) => (full = resolve));
    ways.on('http', {
      run: async (transfer: FakeTransfer) => {
        seen = Math.max(seen, (running += 1));
        if (seen === most) full();
        await isFull;
        await new Promise((resolve) => setImmediate(resolve));
        transfer.write(content);
        running -= 1;
        return {};
      },
    });
    await all({ concurrency });
    expect(seen).toBe(most);
  });

  it('gives an item its own options before those for all', async () => {
    const { ways, items, all } = scene(2);
    ways.on('http', delivers(content));
    const [first, second] = items;
    const given = [
      { ...first, hash: { sha256 }, headers: { a: '1' }, key: undefined },
      { ...second, size: content.length, key: 'own' },
    ];
    const results = await all({ headers: { b: '2' }, key: 'all', concurrency: 1 }, given);
    expect(results).toMatchObject([
      { value: { verified: 'sha256' } },
      { value: { verified: 'size' } },
    ]);
    expect(ways.transfers.map(({ order }) => [order.key, order.settings.headers])).toEqual([
      ['all', [['a', '1']]],
      ['own', [['b', '2']]],
    ]);
  });

  it.each([
    [7, {}, 'items'],
    [[7], {}, 'items[0]'],
    [[{ url, file: 7 }], {}, 'items[0].file'],
    [[{ url: 'ftp://x', file: '/f' }], {}, 'items[0].url'],
    [[{ url, file: '/f', retryDelay: 1 }], {}, 'items[0].retryDelay'],
    [[{ url, file: '/f', detach: true }], {}, 'items[0]'],
    [[], { concurrency: 0 }, 'options.concurrency'],
    [[], { concurrency: 101 }, 'options.concurrency'],
    [[], { hash: { sha256 } }, 'options'],
    [[], { detach: true }, 'options'],
    [[], { timeout: 'long' }, 'options.timeout'],
  ])('checks everything before it begins: %j, %j', async (items, options, name) => {
    const { ways, all, items: good } = scene(1);
    const given = Array.isArray(items) ? [...items, ...good] : items;
    const error = await rejection(all(options as DownloadAllOptions, given));
    expect((error as { code: string }).code).toMatch(/^ERR_(INVALID_ARG|OUT_OF_RANGE)/);
    expect((error as Error).message).toContain(`'${name}'`);
    expect(ways.tried).toEqual([]);
  });

  it('ends all of them when its signal is aborted', async () => {
    const { ways, folder, all } = scene(10);
    const control = new AbortController();
    ways.on('http', {
      run: (transfer) => {
        if (ways.transfers.length === 4) control.abort('enough');
        return transfer.hang();
      },
    });
    const results = await all({ signal: control.signal });
    const reason = { code: 'ABORT_ERR', cause: 'enough' };
    expect(results).toMatchObject(Array.from({ length: 10 }, () => ({ reason })));
    expect(ways.transfers).toHaveLength(4);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('rejects with what onProgress throws, after all have ended', async () => {
    const { ways, folder, all } = scene(4);
    ways.on('http', hangs({ bytesTransferred: 1 }));
    const thrown = new Error('the caller’s');
    const onProgress = () => {
      throw thrown;
    };
    expect(await rejection(all({ onProgress }))).toBe(thrown);
    expect(new Set(ways.transfers.map(({ stopped }) => stopped))).toEqual(new Set(['discard']));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has one progress that never goes back, and ends with everything', async () => {
    const { ways, items, all } = scene(5);
    ways.on('http', breaks(codes.connect, 1000), delivers(content));
    const heard: AllProgress[] = [];
    const ofOne: unknown[] = [];
    const given = items.map((item, at) => ({
      ...item,
      ...(at === 1 && { onProgress: (progress: unknown) => ofOne.push(progress) }),
    }));
    await all({ onProgress: (progress) => heard.push(progress), concurrency: 1 }, given);
    const last = heard.at(-1);
    expect(last).toMatchObject({ filesDone: 5, filesTotal: 5, secondsLeft: 0 });
    expect(last?.bytesTransferred).toBe(last?.bytesTotal);
    expect(last?.bytesTransferred).toBe(1000 + 4 * content.length);
    expect(ofOne.at(-1)).toMatchObject({ route: 'http', bytesTransferred: content.length });
  });

  it('counts what was there already', async () => {
    const { ways, items, all } = scene(1);
    ways.on('http', delivers(content));
    const given = [{ ...items[0], hash: { sha256: hashOf(content) } }];
    await all({}, given);
    const heard: AllProgress[] = [];
    const results = await all({ onProgress: (progress) => heard.push(progress) }, given);
    expect(results).toMatchObject([{ value: { route: 'none' } }]);
    expect(heard.at(-1)).toMatchObject({ bytesTransferred: content.length, filesDone: 1 });
  });
});
