// SPDX-License-Identifier: MIT
// EarlierEnd: which end is the one from before a start that the service has yet to carry out.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EarlierEnd, type End } from '../../lib/remote/earlier-end.js';

let now = 0;
beforeEach(() => {
  now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  return () => {
    clock.mockRestore();
  };
});

/** What was seen, then a start, and what was seen after it; `added` counts from 1 before the start. */
function after(before: (End | undefined)[], added: number, ...later: (End | undefined)[]) {
  const earlier = new EarlierEnd();
  expect(earlier.known).toBe(false);
  for (const end of before) earlier.saw(end, 1);
  expect(earlier.known).toBe(before.length > 0);
  earlier.started(added);
  for (const end of later) earlier.saw(end, added);
  return earlier;
}

describe('an end is out of date', () => {
  it('after a failure until another status is seen', () => {
    expect(after(['failed'], 1, 'failed').isOutdated('failed')).toBe(true);
    expect(after(['failed'], 1, 'failed', undefined).isOutdated('failed')).toBe(false);
    expect(after(['failed: 1'], 1, 'failed: 2').isOutdated('failed: 1')).toBe(false);
  });

  it('for 3 seconds at most', () => {
    const earlier = after(['failed'], 1, 'failed');
    now = 2999;
    expect(earlier.isOutdated('failed')).toBe(true);
    now = 3000;
    expect(earlier.isOutdated('failed')).toBe(false);
  });

  it('if everything was transferred and work was added since', () => {
    expect(after(['transferred'], 2).isOutdated('transferred')).toBe(true);
    expect(after(['transferred'], 1).isOutdated('transferred')).toBe(false);
  });

  it('if not everything was done', () => {
    const earlier = new EarlierEnd();
    earlier.saw('transferred', undefined);
    earlier.started(1);
    expect(earlier.isOutdated('transferred')).toBe(true);
  });

  it('although it was read again after the work was added', () => {
    const earlier = after(['transferred'], 1);
    earlier.saw('transferred', 2);
    earlier.started(2);
    expect(earlier.isOutdated('transferred')).toBe(true);
  });
});

describe('an end is new', () => {
  it('if none was seen before the start', () => {
    expect(after([], 1).isOutdated('failed')).toBe(false);
    expect(after(['failed', undefined], 1).isOutdated('failed')).toBe(false);
  });

  it('if it is another than the one before', () => {
    expect(after(['failed'], 1).isOutdated('transferred')).toBe(false);
    expect(after(['failed'], 1).isOutdated(undefined)).toBe(false);
  });
});
