// SPDX-License-Identifier: MIT
// lib/transfer/http: what the headers of a response say of its place in the file, and of its version.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentLength,
  contentRange,
  unsatisfiedSize,
} from '../../../../lib/transfer/http/content-range.js';
import { retryAfter } from '../../../../lib/transfer/http/retry-after.js';
import { contradicts, validatorOf } from '../../../../lib/transfer/http/validator.js';

const range = (text: string) => contentRange(new Headers({ 'content-range': text }));
const most = Number.MAX_SAFE_INTEGER;

describe('Content-Range', () => {
  it('is read for every part of every file', () => {
    const parts = fc
      .tuple(fc.maxSafeNat(), fc.maxSafeNat(), fc.maxSafeNat())
      .map((three) => three.toSorted((a, b) => a - b) as [number, number, number])
      .filter(([, last, total]) => last < total);
    fc.assert(
      fc.property(parts, ([first, last, total]) => {
        const from = `${String(first)}-${String(last)}`;
        expect(range(`bytes ${from}/${String(total)}`)).toEqual({ first, last, total });
        expect(range(`Bytes ${from}/*`)).toEqual({ first, last, total: null });
      }),
    );
  });

  it('is not taken for a part that cannot be', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat({ max: 1000 }), (first, less) => {
        const [one, other] = [String(first), String(first - less - 1)];
        expect(range(`bytes ${one}-${other}/*`)).toBeNull();
        expect(range(`bytes 0-${one}/${String(Math.max(0, first - less))}`)).toBeNull();
      }),
    );
  });

  it.each(['', 'bytes', 'bytes */5', 'bytes 0-4', 'bytes=0-4/5', 'bytes 0-4/5, bytes 0-4/5'])(
    'is not %j',
    (text) => {
      expect(range(text)).toBeNull();
    },
  );

  it.each([`bytes 0-${String(most)}0/*`, `bytes 0-4/${String(most)}0`, 'bytes 0-4/5.0'])(
    'is not beyond what a number can be: %j',
    (text) => {
      expect(range(text)).toBeNull();
    },
  );

  it('says the size to who asked beyond it', () => {
    const size = (text: string) => unsatisfiedSize(new Headers({ 'content-range': text }));
    expect(size('bytes */5')).toBe(5);
    for (const text of ['', 'bytes */*', 'bytes 0-4/5', 'bytes */-5'])
      expect(size(text)).toBeNull();
  });
});

it('Content-Length is a number of bytes', () => {
  const length = (text: string) => contentLength(new Headers({ 'content-length': text }));
  expect(length('0')).toBe(0);
  expect(length(String(most))).toBe(most);
  for (const text of ['', '-1', '1.5', '0x10', '5, 5', `${String(most)}0`]) {
    expect(length(text)).toBeNull();
  }
  expect(contentLength(new Headers())).toBeNull();
});

describe('a validator', () => {
  const then = 'Sat, 01 Nov 2025 10:00:00 GMT';
  const later = 'Sat, 01 Nov 2025 10:00:01 GMT';
  it.each([
    [{ etag: '"1"' }, '"1"'],
    [{ etag: '""' }, '""'],
    [{ etag: '"1"', 'last-modified': then, date: later }, '"1"'],
    [{ 'last-modified': then, date: later }, then],
    // A server without a clock.
    [{ 'last-modified': then }, then],
    [{ etag: 'W/"1"', 'last-modified': then }, then],
    [{ etag: 'W/"1"' }, null],
    [{ etag: '1' }, null],
    [{ etag: '"a"b"' }, null],
    [{ 'last-modified': then, date: then }, null],
    [{ 'last-modified': later, date: then }, null],
    [{ 'last-modified': 'never' }, null],
    [{}, null],
  ])('of %j is %j', (headers: Record<string, string>, validator) => {
    expect(validatorOf(new Headers(headers))).toBe(validator);
  });

  it.each([
    ['"1"', { etag: '"1"' }, false],
    ['"1"', { etag: '"2"' }, true],
    ['"1"', { etag: 'W/"1"' }, true],
    ['"1"', { 'last-modified': then }, true],
    [then, { 'last-modified': then, etag: '"1"' }, false],
    [then, { 'last-modified': later }, true],
    [then, {}, false],
  ])('%j, and then %j: another version %j', (validator, headers, other) => {
    const { etag, 'last-modified': date } = headers as Record<string, string>;
    const all = { ...(etag && { etag }), ...(date && { 'last-modified': date }) };
    expect(contradicts(new Headers(all), validator)).toBe(other);
  });
});

it('Retry-After is read by the clock of its server', () => {
  const after = (text: string, date?: string) =>
    retryAfter(new Headers({ 'retry-after': text, ...(date !== undefined && { date }) }));
  expect(after('0')).toBe(0);
  expect(after('120')).toBe(120_000);
  expect(after('Sat, 01 Nov 2025 10:01:00 GMT', 'Sat, 01 Nov 2025 10:00:00 GMT')).toBe(60_000);
  expect(after('Sat, 01 Nov 2025 09:59:00 GMT', 'Sat, 01 Nov 2025 10:00:00 GMT')).toBe(0);
  expect(after('Sat, 01 Nov 2025 10:00:00 GMT')).toBe(0);
  expect(after('Fri, 31 Dec 2299 23:59:59 GMT')).toBeGreaterThan(0);
  for (const text of ['', 'soon', '-5']) expect(after(text)).toBeUndefined();
  expect(retryAfter(new Headers())).toBeUndefined();
});
