// SPDX-License-Identifier: MIT
// Ranges of a file: where their bytes are stored, and what servers can get wrong.

import { expect, test } from 'vitest';
import { bytesOf } from '../../http/served.js';
import { done, stopped, useServer } from '../../stand-in/client/transfers.js';

const content = bytesOf(1_000_000);
const later = bytesOf(1_000_000, 2);
const { server, download } = useServer();

function part(...spans: [from: number, length: number][]): Buffer {
  return Buffer.concat(spans.map(([from, length]) => content.subarray(from, from + length)));
}

function failed(hresult: string) {
  return { outcome: 'failed', hresult, local: false };
}

// DOC: IBackgroundCopyJob3::AddFileWithRanges, Remarks: its own example.
test('ranges are stored one after another, in the order given', async () => {
  const file = download({ content, etag: '"1"' });
  const said = await file.fetch('range=100:100', 'range=900:100', 'range=400:100');
  expect(said.ending).toEqual(done);
  expect(['done', 'total', 'size'].map((what) => said.last(what))).toEqual([
    ...['300', '300', '1000000'],
  ]);
  expect(file.temporary.equals(part([100, 100], [900, 100], [400, 100]))).toBe(true);
  expect(server().asked.map(({ range }) => range)).toEqual([
    ...['bytes=100-199', 'bytes=900-999', 'bytes=400-499'],
  ]);
});

test.each([
  ['that is said', false],
  ['that is not said', true],
])('a range extends to the end of a file with a size %s', async (_how, sizeless) => {
  const file = download({ content, sizeless, etag: '"1"' });
  const said = await file.fetch('range=999000:', 'range=0:10');
  expect(said.ending).toEqual(done);
  expect([said.last('done'), said.last('total')]).toEqual(['1010', '1010']);
  expect(file.temporary.equals(part([999_000, 1000], [0, 10]))).toBe(true);
});

test('a transfer continues in the middle of a range', async () => {
  const pace = { bytes: 20_000, milliseconds: 20 };
  const file = download({ content, etag: '"1"', pace });
  const ranges = ['range=500000:100000', 'range=100000:200000', 'range=800000:'];
  expect((await file.fetch(...ranges, 'stop-at=150000')).ending).toEqual(stopped);
  const at = Number(file.kept[1]);
  server().asked.length = 0;
  server().serve('file.bin', { content, etag: '"1"' });
  const said = await file.fetch(...ranges);
  expect(said.ending).toEqual(done);
  expect(server().asked[0]).toMatchObject({ range: `bytes=${String(at)}-299999` });
  expect(
    file.temporary.equals(part([500_000, 100_000], [100_000, 200_000], [800_000, 200_000])),
  ).toBe(true);
});

test('a cut connection is detected in a range, too', async () => {
  const file = download({ content, etag: '"1"', cuts: [60_000, 30_000] });
  const said = await file.fetch('range=10:100000', 'range=500000:100', 'tries=4');
  expect(said.ending).toEqual(done);
  expect(said.all('transient')).toEqual(['60000', '90000']);
  expect(file.temporary.equals(part([10, 100_000], [500_000, 100]))).toBe(true);
});

test('a file that has changed begins the ranges again', async () => {
  const file = download({ content, etag: '"1"' });
  expect((await file.fetch('range=10:100000', 'range=500:100', 'stop-at=1')).ending).toEqual(
    stopped,
  );
  server().serve('file.bin', { content: later, etag: '"2"' });
  const said = await file.fetch('range=10:100000', 'range=500:100');
  expect(said.ending).toEqual(done);
  expect(said.last('etag')).toBe('"2"');
  const wanted = Buffer.concat([later.subarray(10, 100_010), later.subarray(500, 600)]);
  expect(file.temporary.equals(wanted)).toBe(true);
});

// DOC: "Delivery Optimization Return Values": DO_E_INSUFFICIENT_RANGE_SUPPORT.
test('a server that does not support ranges is an error', async () => {
  const file = download({ content, etag: '"1"', ranges: false });
  expect((await file.fetch('range=10:100')).ending).toEqual(failed('80D05011'));
  expect((await file.fetch('range=0:')).ending).toEqual(failed('80D05011'));
  expect(file.temporary).toHaveLength(0);
});

test('a server that no longer supports ranges is an error', async () => {
  const file = download({ content, etag: '"1"' });
  await file.fetch('range=10:100000', 'range=500:100', 'stop-at=1');
  server().serve('file.bin', { content, etag: '"1"', ranges: false });
  const said = await file.fetch('range=10:100000', 'range=500:100');
  expect(said.ending).toEqual(failed('80D05011'));
});

// DOC: "Delivery Optimization Return Values": DO_E_INVALID_RANGE.
test.each([
  ['begins at it', ['range=1000000:1']],
  ['begins beyond it, to the end', ['range=1000001:']],
  ['ends beyond it', ['range=999999:2']],
  ['is the second of two', ['range=0:10', 'range=999999:2']],
  ['is the first of two', ['range=2000000:10', 'range=0:10']],
])('a range outside the file is an error: one that %s', async (_which, ranges) => {
  const file = download({ content, etag: '"1"' });
  expect((await file.fetch(...ranges)).ending).toEqual(failed('80D05010'));
});

test.each([
  ['other bytes', 'bytes 0-99/1000000'],
  ['no bytes', 'lines 10-109/1000000'],
  ['nonsense', 'bytes 109-10/1000000'],
])('a response with %s instead of those requested is an error', async (_what, contentRange) => {
  const file = download({ content, contentRange });
  expect((await file.fetch('range=10:100')).ending).toEqual(failed('80072F78'));
  expect(file.temporary).toHaveLength(0);
});
