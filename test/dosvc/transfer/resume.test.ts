// SPDX-License-Identifier: MIT
// Transfers that continue where an earlier one ended, and those that have to start over.

import { rmSync, statSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesOf, type Served } from '../../http/served.js';
import { done, stopped, useServer } from '../../stand-in/client/transfers.js';

const content = bytesOf(1_000_000);
const later = bytesOf(1_000_000, 2);
const shorter = bytesOf(900_000, 3);
const date = 'Sat, 01 Nov 2025 10:00:00 GMT';
const laterDate = 'Sat, 01 Nov 2025 11:00:00 GMT';
const { server, download } = useServer();

/** Returns a download that was stopped midway, and how far it got. */
async function begun(served: Served) {
  const file = download({ ...served, pace: { bytes: 50_000, milliseconds: 20 } });
  expect((await file.fetch('stop-at=200000')).ending).toEqual(stopped);
  const at = Number(file.kept[1]);
  expect(at).toBeGreaterThanOrEqual(200_000);
  expect(at).toBeLessThan(content.length);
  server().asked.length = 0;
  return { file, at };
}

test.each([
  ['its entity tag', { etag: '"1"' }, {}],
  ['its date', { lastModified: date }, {}],
  ['its size alone', {}, {}],
  ['its date, with another entity tag', { etag: '"1"', lastModified: date }, { etag: '"2"' }],
  ['its date alone', { lastModified: date }, { sizeless: true }],
])('a transfer continues where it stopped: a file known by %s', async (_how, version, later) => {
  const { file, at } = await begun({ content, ...version });
  server().serve('file.bin', { content, ...version, ...later });
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect(server().asked).toMatchObject([{ range: `bytes=${String(at)}-999999` }]);
  expect(said.all('answered')).toEqual([String(at)]);
  expect(file.temporary.equals(content)).toBe(true);
});

test.each([
  ['entity tag', { content, etag: '"1"' }, { content: later, etag: '"2"' }],
  ['date', { content, lastModified: date }, { content: later, lastModified: laterDate }],
  ['size', { content }, { content: shorter }],
])(
  'a file with another %s starts over',
  async (_what, before: Served, after: Served & { content: Buffer }) => {
    const { file } = await begun(before);
    server().serve('file.bin', after);
    const said = await file.fetch();
    expect(said.ending).toEqual(done);
    expect(said.all('answered')).toEqual(['0']);
    expect(said.last('total')).toBe(String(after.content.length));
    expect(file.temporary.equals(after.content)).toBe(true);
  },
);

test('a file that is shorter than the bytes received starts over', async () => {
  const { file } = await begun({ content });
  const small = bytesOf(1000, 4);
  server().serve('file.bin', { content: small });
  expect((await file.fetch()).ending).toEqual(done);
  expect(file.temporary.equals(small)).toBe(true);
});

test('a part of a file without a size or validators starts over', async () => {
  const { file } = await begun({ content });
  server().serve('file.bin', { content: later, sizeless: true });
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect(said.all('answered')).toEqual(['0']);
  expect(file.temporary.equals(later)).toBe(true);
});

test('a server that does not support ranges sends the whole file again', async () => {
  const { file } = await begun({ content, etag: '"1"', ranges: false });
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect(said.all('answered')).toEqual(['0']);
  expect(file.temporary.equals(content)).toBe(true);
});

test('a file that was fetched whole is not requested again', async () => {
  const file = download({ content });
  await file.fetch();
  server().asked.length = 0;
  expect((await file.fetch()).ending).toEqual(done);
  expect(server().asked).toEqual([]);
});

test('bytes that a process wrote but did not record are fetched again', async () => {
  const { file, at } = await begun({ content, etag: '"1"' });
  truncateSync(file.kept[0] ?? '', at + 5000);
  expect((await file.fetch()).ending).toEqual(done);
  expect(server().asked).toMatchObject([{ range: `bytes=${String(at)}-999999` }]);
  expect(file.temporary.equals(content)).toBe(true);
});

test('a temporary file that has lost bytes gets them again', async () => {
  const { file } = await begun({ content, etag: '"1"' });
  truncateSync(file.kept[0] ?? '', 12_345);
  expect((await file.fetch()).ending).toEqual(done);
  expect(server().asked).toMatchObject([{ range: 'bytes=12345-999999' }]);
  expect(file.temporary.equals(content)).toBe(true);
});

test('a temporary file that was deleted is an error of the local file', async () => {
  const { file } = await begun({ content, etag: '"1"' });
  rmSync(file.kept[0] ?? '');
  const said = await file.fetch();
  expect(said.ending).toEqual({ outcome: 'failed', hresult: '80070002', local: true });
  expect(server().asked).toEqual([]);
});

test('a cut connection is detected, and the transfer continues', async () => {
  const file = download({ content, etag: '"1"', cuts: [300_000, 200_000, 0] });
  const cut = await file.fetch();
  expect(cut.ending).toEqual({ outcome: 'transient', hresult: '80072EFE', local: false });
  expect(statSync(file.kept[0] ?? '').size).toBe(300_000);
  const said = await file.fetch('tries=5');
  expect(said.ending).toEqual(done);
  expect(said.all('transient')).toEqual(['500000', '500000']);
  expect(server().asked.map(({ range }) => range)).toEqual([
    ...[undefined, 'bytes=300000-999999', 'bytes=500000-999999', 'bytes=500000-999999'],
  ]);
  expect(file.temporary.equals(content)).toBe(true);
});

// Wine's WinHTTP does not report that a chunked body was cut. Content-Range says how long a part is.
test('a cut in a part that comes in chunks is detected, too', async () => {
  const file = download({ content, etag: '"1"', chunked: true, cuts: [300_000, 300_000] });
  const cut = await file.fetch('range=0:');
  expect(cut.ending).toEqual({ outcome: 'transient', hresult: '80072EFE', local: false });
  expect((await file.fetch('range=0:', 'tries=3')).ending).toEqual(done);
  expect(file.temporary.equals(content)).toBe(true);
  expect(file.kept.slice(1, 4)).toEqual(['1000000', '1000000', '1000000']);
});

test('a file that changes at every request is an error', async () => {
  const restless: Served = { content };
  Object.defineProperty(restless, 'etag', { get: () => `"${String(server().asked.length)}"` });
  const file = download(restless);
  const said = await file.fetch('range=0:10', 'range=20:10');
  expect(said.ending).toEqual({ outcome: 'failed', hresult: '80072F78', local: false });
  expect(server().asked).toHaveLength(8);
});
