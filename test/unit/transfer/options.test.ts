// SPDX-License-Identifier: MIT
// What download() refuses before it does anything, and how it says so.

import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { TransferOptions } from '../../../lib/transfer/options.js';
import { checkRequest } from '../../../lib/transfer/request.js';
import { rejection } from '../../promises/rejection.js';
import { content, scenes, sha256, url } from './scene.js';
import { delivers } from './routes.js';

const scene = scenes();
const type = 'ERR_INVALID_ARG_TYPE';
const value = 'ERR_INVALID_ARG_VALUE';
const range = 'ERR_OUT_OF_RANGE';

const wrong: [option: string, given: unknown, code: string][] = [
  ['routes', 'http', type],
  ['routes', [], value],
  ['routes', ['http', 'http'], value],
  ['routes[1]', ['http', 'ftp'], value],
  ['priority', 'high', value],
  ['cost', 'cheap', value],
  ['cost', 3, type],
  ['onHold', 'stop', value],
  ['holdTimeout', 0, range],
  ['holdTimeout', '30s', type],
  ['stallTimeout', true, type],
  ['stallTimeout', 0, range],
  ['timeout', -1, range],
  ['timeout', 2 ** 31, range],
  ['retryDelay', 4999, range],
  ['retryDelay', '5000', type],
  ['hash', 'abc', type],
  ['hash', {}, value],
  ['hash.sha256', { sha256: 'abc' }, value],
  ['size', -1, range],
  ['size', 1.5, range],
  ['size', '7', type],
  ['verify', true, type],
  ['headers', 'a: b', type],
  ['headers', [['a', 'b']], type],
  ['headers', { a: 1 }, type],
  ['headers', { 'a b': 'c' }, value],
  ['headers', { a: 'b\r\nc: d' }, value],
  ['headers', { a: 'b\nc' }, value],
  ['headers', { a: 'b\0' }, value],
  ['headers', { a: 'ȁ' }, value],
  ['headers', { Range: 'bytes=0-1' }, value],
  ['fetch', 'fetch', type],
  ['key', '', value],
  ['key', 7, type],
  ['key', 'k'.repeat(201), value],
  ['detach', 1, type],
  ['within', 7, type],
  ['makeFolder', 'yes', type],
  ['markOfTheWeb', 3, type],
  ['signal', {}, type],
  ['onStart', {}, type],
  ['onFailedAttempt', {}, type],
  ['onProgress', null, type],
];

describe('an option', () => {
  it.for(wrong)('%s must be right: %j', async ([option, given, code]) => {
    const { get, ways, names } = scene();
    const name = option.replace(/[.[].*/, '');
    const error = await rejection(get({ [name]: given }));
    expect(error).toBeInstanceOf(code === range ? RangeError : TypeError);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(`'options.${option}'`);
    expect(ways.tried).toEqual([]);
    expect(names()).toEqual([]);
  });

  it('must be known', async () => {
    const { get } = scene();
    const error = await rejection(get({ retries: 3 } as TransferOptions));
    expect(error).toMatchObject({ code: value });
    expect((error as Error).message).toContain('retries');
  });

  it('may be undefined, as all of them', () => {
    const file = '/file';
    const none = Object.fromEntries(
      ['routes', 'priority', 'cost', 'hash', 'headers', 'fetch', 'signal', 'key', 'size'].map(
        (option) => [option, undefined],
      ),
    );
    expect(checkRequest(url, file, none)).toEqual(checkRequest(url, file, undefined));
  });

  it.each([
    [
      { headers: { 'X-A': 'b', Authorization: 'a\nb' } },
      "that of 'Authorization' has another character",
    ],
    [{ headers: { 'X-A': 'b', 'X-B': 7 } }, 'the value of header 2 is not a string'],
    [{ headers: { 'X-A:': 'b' } }, 'that of header 1 is not valid'],
    [{ hash: { sha256, sha512: 'a' } }, 'exactly one of sha512 and sha256.'],
    [{ hash: { sha256: `sha256-${sha256}` } }, 'without the name of the algorithm before it'],
    [{ hash: `sha512-${sha256}` }, "such as { sha256: '4MW…' } for 'sha256-4MW…'"],
  ])('says what is wrong of %j', async (options, said) => {
    const error = await rejection(scene().get(options as TransferOptions));
    expect((error as Error).message).toContain(said);
  });

  it('never shows a header', async () => {
    const { get } = scene();
    const secrets = [{ Authorization: 'Bearer t0ken\r\n' }, { 'X-t0ken ': 'a' }, { t0ken: 7 }];
    for (const headers of secrets) {
      const error = await rejection(get({ headers } as TransferOptions));
      expect(inspect(error)).not.toMatch(/t0ken/i);
    }
  });
});

describe('an address', () => {
  it.for([
    ['ftp://example.com/f', value],
    ['example.com', value],
    ['', value],
    [7, type],
    [null, type],
    [[], value],
  ] as const)('must be one of http or https: %j', async ([from, code]) => {
    const { get } = scene();
    const error = await rejection(get({ hash: { sha256 } }, from));
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(`'url'`);
  });

  it('may be one of several only with a hash', async () => {
    const { get } = scene();
    const error = await rejection(get({ size: 7 }, [url, url]));
    expect(error).toMatchObject({ code: type });
    expect((error as Error).message).toContain(`'options.hash'`);
  });

  it('is named in a list', async () => {
    const { get } = scene();
    const error = await rejection(get({ hash: { sha256 } }, [url, 'nowhere?key=s3cret']));
    expect((error as Error).message).toMatch(/'url\[1\]'/);
    expect((error as Error).message).not.toContain('s3cret');
  });

  it('may be a URL', async () => {
    const { get, ways } = scene();
    ways.on('http', delivers(content));
    await get({ routes: ['http'] }, new URL(`${url}#fragment`));
    expect(ways.tried).toEqual([`http ${url}`]);
  });
});

describe('a target', () => {
  it.each(['file.bin', '', 7, null])('must be an absolute path: %j', async (file) => {
    const error = await rejection(scene().to(file)());
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain(`'file'`);
  });

  it('lies in the folder that it must lie in', async () => {
    const { folder, to } = scene();
    const error = await rejection(to(join(folder, '..', 'file'))({ within: folder }));
    expect(error).toMatchObject({ code: value });
  });

  it('gets its folder with makeFolder alone', async () => {
    const { folder, ways, to } = scene();
    ways.on('http', delivers(content));
    const get = to(join(folder, 'a', 'b', 'file'));
    const error = await rejection(get({ routes: ['http'] }));
    expect(error).toMatchObject({
      code: 'ERROR_PATH_NOT_FOUND',
      message: expect.stringContaining('set the option makeFolder') as string,
    });
    expect(ways.tried).toEqual([]);
    expect((await get({ routes: ['http'], makeFolder: true })).route).toBe('http');
  });
});

describe('the defaults', () => {
  const given = (options?: TransferOptions) => checkRequest(url, '/file', options);

  it('are those of the foreground', () => {
    expect(given()).toMatchObject({
      routes: ['delivery-optimization', 'bits', 'http'],
      route: { priority: 'foreground', cost: undefined, retryDelay: 5000, fetch: globalThis.fetch },
      ...{ onHold: 'next', holdTimeout: 30_000, stallTimeout: 120_000, timeout: undefined },
      ...{ detach: false, makeFolder: false, markOfTheWeb: false, hash: undefined },
    });
  });

  it('are patient in the background', () => {
    expect(given({ priority: 'background' })).toMatchObject({
      route: { priority: 'background', retryDelay: undefined },
      ...{ onHold: 'wait', stallTimeout: undefined },
    });
  });

  it('wait for a hold if a cost policy is given', () => {
    expect(given({ cost: 'no-roaming' })).toMatchObject({ onHold: 'wait', stallTimeout: 120_000 });
  });

  it('give way to what is given', () => {
    const options = { priority: 'background', stallTimeout: 7, onHold: 'fail' } as const;
    expect(given(options)).toMatchObject({ stallTimeout: 7, onHold: 'fail' });
    expect(given({ stallTimeout: false }).stallTimeout).toBeUndefined();
  });
});

it('never throws', async () => {
  const { to } = scene();
  for (const options of [7, 'x', new URL(url), new Map(), null]) {
    const promise = to('/file')(options as TransferOptions);
    expect(promise).toBeInstanceOf(Promise);
    await expect(promise).rejects.toMatchObject({ code: type });
  }
});

it('takes headers as a record or as a Headers, and leaves their order', async () => {
  const { get, ways } = scene();
  ways.on('http', delivers(content));
  await get({ routes: ['http'], headers: { 'X-B': '1', 'x-a': ' 2 ' } });
  await get({ routes: ['http'], headers: new Headers({ 'X-B': '1' }) });
  expect(ways.transfers.map(({ order }) => order.settings.headers)).toEqual([
    [
      ['X-B', '1'],
      ['x-a', '2'],
    ],
    [['x-b', '1']],
  ]);
});
