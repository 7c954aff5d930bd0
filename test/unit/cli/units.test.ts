// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { bytes, bytesOf, duration, percent } from '../../../lib/cli/units.js';

it.each([
  [0, '0 bytes'],
  [1, '1 bytes'],
  [1023, '1023 bytes'],
  [1024, '1.0 KiB'],
  [1_048_575, '1023 KiB'],
  [1_048_576, '1.0 MiB'],
  [123_456_789, '117 MiB'],
  [5 * 2 ** 40, '5.0 TiB'],
  [2 ** 53, '8192 TiB'],
])('%i bytes are %s', (count, text) => {
  expect(bytes(count)).toBe(text);
});

it('says how many of how many in one unit', () => {
  expect(bytesOf(512, 2048)).toBe('0.5 of 2.0 KiB');
  expect(bytesOf(3 * 2 ** 20, null)).toBe('3.0 MiB');
  expect(bytesOf(0, 0)).toBe('0 of 0 bytes');
});

it('says 100 % only of a whole', () => {
  expect(percent(999_999, 1_000_000)).toBe(99);
  expect(percent(1_000_000, 1_000_000)).toBe(100);
  expect(percent(0, 0)).toBe(100);
  expect(percent(5, null)).toBe(null);
  // Of a file that has grown meanwhile.
  expect(percent(6, 5)).toBe(100);
});

it.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
  [90_000, '1 d 1 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
