// SPDX-License-Identifier: MIT
// How a transfer asks that wants the size first, and then one piece after another.

import { expect, test } from 'vitest';
import { bytesOf, type Served } from '../../http/served.js';
import { done, stopped, useServer } from '../../stand-in/client/transfers.js';

const content = bytesOf(250_000);
const later = bytesOf(300_000, 2);
const { server, download } = useServer();
const options = ['asks-size', 'by-range', 'longest-piece=100000'];

function asked(): string[] {
  return server()
    .asked.splice(0)
    .map(({ method, range }) => `${method} ${range ?? ''}`.trim());
}

function failed(hresult: string) {
  return { outcome: 'failed', hresult, local: false };
}

// DOC: MicrosoftDocs/msix-docs#445, akka/akka-http#4481: HEAD; microsoft/msix-packaging#677: pieces.
test('HEAD comes first, and then piece after piece', async () => {
  const file = download({ content, etag: '"1"' });
  const said = await file.fetch(...options);
  expect(said.ending).toEqual(done);
  expect(asked()).toEqual([
    ...['HEAD', 'GET bytes=0-99999', 'GET bytes=100000-199999', 'GET bytes=200000-249999'],
  ]);
  expect(said.all('answered')).toEqual(['0', '100000', '200000']);
  expect(file.temporary.equals(content)).toBe(true);
});

test('ranges come in pieces, too', async () => {
  const file = download({ content });
  const said = await file.fetch(...options, 'range=240000:', 'range=10:120000');
  expect(said.ending).toEqual(done);
  expect(asked()).toEqual([
    ...['HEAD', 'GET bytes=240000-249999', 'GET bytes=10-100009', 'GET bytes=100010-120009'],
  ]);
  const wanted = Buffer.concat([content.subarray(240_000), content.subarray(10, 120_010)]);
  expect(file.temporary.equals(wanted)).toBe(true);
});

test('an empty file is not asked for', async () => {
  const file = download({ content: Buffer.alloc(0) });
  const said = await file.fetch(...options);
  expect(said.ending).toEqual(done);
  expect([said.last('done'), said.last('total'), said.last('size')]).toEqual(['0', '0', '0']);
  expect(asked()).toEqual(['HEAD']);
});

test.each<[string, Served, string[], string]>([
  ['no size', { content, chunked: true }, [], '80072F76'],
  ['404', { content, status: 404 }, [], '80190194'],
  ['405', { content, status: 405 }, [], '80190195'],
  ['a size that a range does not fit into', { content }, ['range=250000:1'], '80D05010'],
])('HEAD decides: %s', async (_what, served, ranges, hresult) => {
  const { ending } = await download(served).fetch(...options, ...ranges);
  expect(ending).toEqual(failed(hresult));
  expect(asked()).toEqual(['HEAD']);
});

// DOC: MicrosoftDocs/msix-docs#188, #459: DO_E_INSUFFICIENT_RANGE_SUPPORT.
test('a server without ranges is an error, even if the file is one piece', async () => {
  const { ending } = await download({ content: bytesOf(10), ranges: false }).fetch(...options);
  expect(ending).toEqual(failed('80D05011'));
  expect(asked()).toEqual(['HEAD', 'GET bytes=0-9']);
});

test('a transfer that continues knows the size', async () => {
  const file = download({ content, pace: { bytes: 20_000, milliseconds: 20 } });
  expect((await file.fetch(...options, 'stop-at=120000')).ending).toEqual(stopped);
  const at = String(file.kept[1]);
  asked();
  server().serve('file.bin', { content });
  expect((await file.fetch(...options)).ending).toEqual(done);
  expect(asked()[0]).toMatch(new RegExp(`^GET bytes=${at}-`));
  expect(file.temporary.equals(content)).toBe(true);
});

test('a file that changes between two pieces is begun anew, with its size', async () => {
  const file = download({ content, etag: '"1"' });
  expect((await file.fetch(...options, 'stop-at=100000')).ending).toEqual(stopped);
  expect(file.kept[1]).toBe('100000');
  asked();
  server().serve('file.bin', { content: later, etag: '"2"' });
  expect((await file.fetch(...options)).ending).toEqual(done);
  expect(asked().slice(0, 3)).toEqual([
    ...['GET bytes=100000-199999', 'HEAD', 'GET bytes=0-99999'],
  ]);
  expect(file.temporary.equals(later)).toBe(true);
});

// DOC: microsoft/WindowsAppSDK#1732, MicrosoftDocs/msix-docs#260.
test('a size that is remembered is believed, of a file that has become longer', async () => {
  const file = download({ content: later });
  const said = await file.fetch(...options, 'known-size=250000');
  expect(said.ending).toEqual(done);
  expect(asked()).toEqual([
    ...['GET bytes=0-99999', 'GET bytes=100000-199999', 'GET bytes=200000-249999'],
  ]);
  expect(file.temporary.equals(later.subarray(0, 250_000))).toBe(true);
});

test('and so it is by a transfer that continues', async () => {
  const file = download({ content: later });
  const known = 'known-size=250000';
  expect((await file.fetch(...options, known, 'stop-at=100000')).ending).toEqual(stopped);
  expect(asked()[0]).toBe('GET bytes=0-99999');
  expect((await file.fetch(...options, known)).ending).toEqual(done);
  expect(asked()).toEqual(['GET bytes=100000-199999', 'GET bytes=200000-249999']);
  expect(file.temporary.equals(later.subarray(0, 250_000))).toBe(true);
});

test.each([
  ['within a piece', 249_999],
  ['at a piece', 200_000],
])('and of one that has become shorter, which fails: it ends %s', async (_where, size) => {
  const file = download({ content: content.subarray(0, size) });
  const { ending } = await file.fetch(...options, 'known-size=250000');
  expect(ending).toEqual(failed('80D05011'));
});

// DOC: "Delivery Optimization Return Values": DO_E_HTTP_BLOCKSIZE_MISMATCH.
test.each(['bytes 0-9/250000', 'bytes 0-100000/250000'])(
  'another number of bytes than was asked for is an error: %s',
  async (contentRange) => {
    const { ending } = await download({ content, contentRange }).fetch(...options);
    expect(ending).toEqual(failed('80D05001'));
  },
);
