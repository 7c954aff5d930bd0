// SPDX-License-Identifier: MIT
// Whole files: how they arrive, are hidden and published, and the requests and redirects behind them.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { done, useServer } from '../../stand-in/client/transfers.js';
import { bytesOf } from '../../http/served.js';

const content = bytesOf(1_000_000);
const { server, download } = useServer();

test('a file arrives whole, and is hidden until it is completed', async () => {
  const file = download({ content, etag: '"1"' });
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect(said.last('hidden')).toBe('yes');
  expect(['done', 'total', 'size', 'etag'].map((what) => said.last(what))).toEqual([
    ...['1000000', '1000000', '1000000', '"1"'],
  ]);
  expect(file.temporary.equals(content)).toBe(true);
  expect(readdirSync(file.folder).sort()).toEqual([
    expect.stringMatching(/^DO[0-9A-F]{8}\.tmp$/),
    'state',
  ]);
  writeFileSync(file.target, 'what was there before');
  expect(await file.complete()).toBe('00000000');
  expect(readFileSync(file.target).equals(content)).toBe(true);
  expect(readdirSync(file.folder).sort()).toEqual(['file.bin', 'state']);
  expect((await file.attributes()).includes('hidden')).toBe(false);
});

test('a cancelled download leaves nothing, and can be cancelled again', async () => {
  const file = download({ content });
  await file.fetch('stop-at=65536');
  expect(await file.cancel()).toBe('00000000');
  expect(await file.cancel()).toBe('00000000');
  expect(readdirSync(file.folder)).toEqual(['state']);
});

test('a target that cannot be replaced leaves the temporary file as it was', async () => {
  const file = download({ content });
  await file.fetch();
  file.blockTarget();
  expect(await file.complete()).not.toBe('00000000');
  expect(file.temporary.equals(content)).toBe(true);
  expect((await file.attributes(file.kept[0])).includes('hidden')).toBe(true);
});

test('an empty file arrives', async () => {
  const file = download({ content: Buffer.alloc(0) });
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect([said.last('done'), said.last('total')]).toEqual(['0', '0']);
  expect(await file.complete()).toBe('00000000');
  expect(readFileSync(file.target)).toHaveLength(0);
});

// DOC: MicrosoftDocs/msix-docs#445: ERROR_WINHTTP_HEADER_NOT_FOUND.
test.each([
  ['whole', { content }],
  ['cut', { content, cuts: [300_000] }],
  ['empty', { content: Buffer.alloc(0) }],
])('a body without a length is an error: a %s one', async (_how, served) => {
  const file = download({ ...served, chunked: true });
  const said = await file.fetch();
  expect(said.ending).toEqual({ outcome: 'failed', hresult: '80072F76', local: false });
  expect(file.temporary).toHaveLength(0);
});

test('redirects are followed, and the last address is kept', async () => {
  const url = server().serve('moved', { content });
  const half = server().serve('half', { content, redirect: url });
  const file = download({ content, redirect: half });
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect(said.last('url')).toBe(url);
  expect(file.kept[6]).toBe(url);
  expect(file.temporary.equals(content)).toBe(true);
});

test('a redirect may be relative', async () => {
  const url = server().serve('moved', { content });
  const said = await download({ content, redirect: '/moved?part=1' }, '?part=0').fetch();
  expect(said.ending).toEqual(done);
  expect(said.last('url')).toBe(`${url}?part=1`);
});

test('a range is requested where the redirects lead', async () => {
  const url = server().serve('moved', { content, etag: '"1"' });
  const file = download({ content, redirect: url });
  expect((await file.fetch('range=1000:2000')).ending).toEqual(done);
  expect(server().asked.at(-1)).toMatchObject({ path: '/moved', range: 'bytes=1000-2999' });
  expect(file.temporary.equals(content.subarray(1000, 3000))).toBe(true);
});

test('endless redirects are an error', async () => {
  const loop = server().serve('loop', { content });
  const file = download({ content, redirect: loop });
  server().serve('loop', { content, redirect: file.url });
  const said = await file.fetch();
  expect(said.ending).toEqual({ outcome: 'failed', hresult: '80072F7C', local: false });
});

test('the query, the user agent and other headers are sent, but not the fragment', async () => {
  const file = download({ content }, '?version=2&part=%201#top');
  expect((await file.fetch('header=X-First:one', 'header=X-Second:two')).ending).toEqual(done);
  const [asked] = server().asked;
  expect(asked?.path).toBe('/file.bin?version=2&part=%201');
  expect(asked?.headers).toMatchObject({
    ...{ 'user-agent': 'dosvc-test', 'x-first': 'one', 'x-second': 'two' },
    'accept-encoding': 'identity',
  });
  expect(asked?.range).toBeUndefined();
});

test('a large file takes no more memory than a small one', async () => {
  const large = bytesOf(16 * 1024 * 1024);
  const [small, file] = [download({ content }, '', 'small'), download({ content: large })];
  const before = Number((await small.fetch()).last('memory'));
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect(file.temporary.equals(large)).toBe(true);
  expect(Number(said.last('memory')) - before).toBeLessThan(4 * 1024 * 1024);
});

test('a target in a missing folder is refused at once', async () => {
  const file = download({ content }, '', 'file.bin', 'nowhere\\file.bin');
  expect((await file.fetch()).all('hresult')).toEqual(['80070003']);
  expect(server().asked).toEqual([]);
  expect(existsSync(file.target)).toBe(false);
});
