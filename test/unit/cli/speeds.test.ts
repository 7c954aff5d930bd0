// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { Speeds } from '../../../lib/cli/watching/speeds.js';

it('is that of the last seconds', () => {
  const speeds = new Speeds();
  expect(speeds.of('a', 0, 0)).toBe(null);
  expect(speeds.of('a', 1000, 1000)).toBe(1000);
  expect(speeds.of('a', 1000, 2000)).toBe(500);
  // What was faster is too long ago.
  expect(speeds.of('a', 1800, 10_000)).toBe(100);
});

it('is of each transfer alone, and forgets those that are gone', () => {
  const speeds = new Speeds();
  speeds.of('a', 0, 0);
  speeds.of('b', 0, 0);
  expect(speeds.of('b', 500, 1000)).toBe(500);
  speeds.keep(new Set(['b']));
  expect(speeds.of('a', 5000, 1000)).toBe(null);
});

it('begins anew where a transfer has', () => {
  const speeds = new Speeds();
  speeds.of('a', 5000, 0);
  expect(speeds.of('a', 100, 1000)).toBe(null);
  expect(speeds.of('a', 300, 2000)).toBe(200);
});
