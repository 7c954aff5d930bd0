// SPDX-License-Identifier: MIT
// A clock that only the test moves, with the timers that depend on it.

import { afterEach, beforeEach, vi } from 'vitest';

export const clock = {
  /** Milliseconds. */
  now: 0,
};

/** Stops the clock for each test of the file. */
export function stopClock(): void {
  beforeEach(() => {
    clock.now = 0;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}
