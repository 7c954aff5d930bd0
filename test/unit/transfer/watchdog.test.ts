// SPDX-License-Identifier: MIT
// When a transfer counts as stalled, or as held for too long. Time is Vitest's.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal } from '../../../lib/errors.js';
import type { Failure } from '../../../lib/transfer/failure.js';
import type { RouteProgress } from '../../../lib/transfer/route.js';
import { Watchdog } from '../../../lib/transfer/watchdog.js';

let looks = 0;
let onLook: (() => unknown) | undefined;
let watchdog: Watchdog;
let failure: Failure | undefined;

const at = (bytesTransferred: number, more: Partial<RouteProgress> = {}): RouteProgress => ({
  ...{ bytesTransferred, bytesTotal: 1000, waitingFor: null, trouble: null },
  ...more,
});

function watch(limits: { stall?: number; hold?: number }): void {
  const look = async () => {
    looks += 1;
    await onLook?.();
  };
  watchdog = new Watchdog({ stall: limits.stall, hold: limits.hold }, look);
  watchdog.exceeded.catch((error: unknown) => {
    failure = error as Failure;
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  [looks, onLook, failure] = [0, undefined, undefined];
});
afterEach(() => {
  watchdog.stop();
  vi.useRealTimers();
});

describe('a stall', () => {
  it('is declared after the limit without a new byte, and after a look', async () => {
    watch({ stall: 10_000 });
    watchdog.report(at(10));
    await vi.advanceTimersByTimeAsync(9_000);
    expect([failure, looks]).toEqual([undefined, 0]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(failure).toMatchObject({ because: 'stall', error: { code: 'ERR_DOSVC_STALLED' } });
    expect(failure?.error.message).toContain('10 of 1000 bytes');
    expect(failure?.error.message).toContain('allow a longer stallTimeout');
    expect(looks).toBe(1);
  });

  it('is none while bytes come, however slowly', async () => {
    watch({ stall: 10_000 });
    for (let bytes = 0; bytes < 20; bytes += 1) {
      watchdog.report(at(bytes));
      await vi.advanceTimersByTimeAsync(9_000);
    }
    expect([failure, looks]).toEqual([undefined, 0]);
  });

  it('is one while the same bytes come again and again', async () => {
    watch({ stall: 10_000 });
    for (let times = 0; times < 20; times += 1) {
      watchdog.report(at((times % 3) * 100));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(failure?.because).toBe('stall');
  });

  it('is none if the look finds new bytes', async () => {
    watch({ stall: 10_000 });
    let bytes = 0;
    onLook = () => {
      watchdog.report(at((bytes += 1)));
    };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(failure).toBeUndefined();
    expect(looks).toBeGreaterThan(3);
  });

  it('is one if the look fails', async () => {
    watch({ stall: 1_000 });
    onLook = () => {
      throw new Error('gone');
    };
    await vi.advanceTimersByTimeAsync(2_000);
    expect(failure?.because).toBe('stall');
  });

  it('is one if the look does not end', async () => {
    watch({ stall: 1_000 });
    onLook = () => new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(failure?.because).toBe('stall');
  });

  it('has the trouble of the transfer as its cause', async () => {
    watch({ stall: 1_000 });
    const trouble = refusal(0x801901f7, 'Not now.');
    watchdog.report(at(0, { waitingFor: 'retry', trouble }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(failure?.error.cause).toBe(trouble);
    expect(failure?.error.message).toMatch(/'retry' because of BG_E_HTTP_ERROR_503/);
  });

  it('does not count the time in which the process did not run', async () => {
    watch({ stall: 10_000 });
    // A closed lid: the clock goes on, and no timer fires.
    let asleep = 0;
    const awake = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => awake() + asleep);
    for (let nights = 0; nights < 5; nights += 1) {
      asleep += 8 * 3600_000;
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect([failure, looks]).toEqual([undefined, 0]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(failure?.because).toBe('stall');
    clock.mockRestore();
  });

  it('is none without a limit', async () => {
    watch({});
    await vi.advanceTimersByTimeAsync(10 * 24 * 3600_000);
    expect([failure, vi.getTimerCount()]).toEqual([undefined, 0]);
  });
});

describe('a hold', () => {
  const cost = at(0, { waitingFor: 'cost', trouble: refusal(0x80d03801, 'Held.') });

  it('is too long after its limit, and has the code of the service', async () => {
    watch({ stall: 1_000, hold: 30_000 });
    watchdog.report(cost);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(failure).toMatchObject({
      because: 'hold',
      error: { code: 'DO_E_BLOCKED_BY_COST_TRANSFER_POLICY' },
    });
  });

  it('is no stall, and lasts as long as it likes without a limit', async () => {
    watch({ stall: 1_000 });
    watchdog.report(cost);
    await vi.advanceTimersByTimeAsync(3600_000);
    expect(failure).toBeUndefined();
    watchdog.report(at(0));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(failure?.because).toBe('stall');
  });

  it('begins anew after each one', async () => {
    watch({ hold: 30_000 });
    for (let times = 0; times < 5; times += 1) {
      watchdog.report(cost);
      await vi.advanceTimersByTimeAsync(20_000);
      watchdog.report(at(0));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(failure).toBeUndefined();
  });

  it('goes on through different reasons', async () => {
    watch({ hold: 30_000 });
    watchdog.report(cost);
    await vi.advanceTimersByTimeAsync(20_000);
    watchdog.report(at(0, { waitingFor: 'network' }));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(failure?.because).toBe('hold');
  });
});
