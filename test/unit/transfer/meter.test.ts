// SPDX-License-Identifier: MIT
// How often the caller hears of the progress, and what.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Meter } from '../../../lib/transfer/meter.js';
import type { TransferProgress } from '../../../lib/transfer/options.js';
import type { RouteName, RouteProgress } from '../../../lib/transfer/route.js';

let told: TransferProgress[] = [];
let meter: Meter;

const at = (bytesTransferred: number, more: Partial<RouteProgress> = {}): RouteProgress => ({
  ...{ bytesTransferred, bytesTotal: 1000, waitingFor: null, trouble: null },
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  meter = new Meter((progress) => told.push(progress));
});
afterEach(() => {
  meter.stop();
  vi.useRealTimers();
});

describe('the progress', () => {
  it('is told at once, then once a second, the newest', () => {
    for (let bytes = 0; bytes < 250; bytes += 10) {
      meter.report('http', at(bytes));
      vi.advanceTimersByTime(100);
    }
    expect(told.map(({ bytesTransferred }) => bytesTransferred)).toEqual([0, 90, 190]);
    vi.advanceTimersByTime(10_000);
    expect(told.map(({ bytesTransferred }) => bytesTransferred)).toEqual([0, 90, 190, 240]);
  });

  it('is told at the end, with everything', () => {
    meter.report('http', at(10));
    meter.report('http', at(1000));
    meter.finish('http', 1000);
    vi.advanceTimersByTime(10_000);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatchObject({
      ...{ route: 'http', bytesTransferred: 1000, bytesTotal: 1000 },
      ...{ secondsLeft: 0, waitingFor: null },
    });
  });

  it('never goes back on one route, but on another', () => {
    const steps: [RouteName, number][] = [
      ['bits', 500],
      ['bits', 100],
      ['http', 100],
    ];
    for (const [route, bytes] of steps) {
      meter.report(route, at(bytes));
      vi.advanceTimersByTime(1000);
    }
    expect(told.map(({ route, bytesTransferred }) => [route, bytesTransferred])).toEqual([
      ['bits', 500],
      ['bits', 500],
      ['http', 100],
    ]);
  });

  it('never exceeds its total', () => {
    meter.report('bits', at(900));
    vi.advanceTimersByTime(1000);
    meter.report('bits', at(0, { bytesTotal: 100 }));
    vi.advanceTimersByTime(1000);
    expect(told[1]).toMatchObject({ bytesTransferred: 900, bytesTotal: null });
  });

  it('says what the transfer waits for', () => {
    meter.report('bits', at(0, { waitingFor: 'cost' }));
    expect(told[0]).toMatchObject({ waitingFor: 'cost' });
  });
});

describe('the speed', () => {
  it('is that of the last seconds, and says when the rest is there', () => {
    for (let second = 0; second <= 10; second += 1) {
      meter.report('http', at(second < 5 ? 10 * second : 50 + 90 * (second - 5)));
      vi.advanceTimersByTime(1000);
    }
    const last = told.at(-1);
    expect(last?.bytesTransferred).toBe(500);
    expect(last?.bytesPerSecond).toBeGreaterThan(70);
    expect(last?.bytesPerSecond).toBeLessThanOrEqual(90);
    expect(last?.secondsLeft).toBe(Math.ceil(500 / (last?.bytesPerSecond ?? 0)));
  });

  it('does not count what was there before', () => {
    meter.report('http', at(900));
    vi.advanceTimersByTime(1000);
    meter.report('http', at(910));
    vi.advanceTimersByTime(1);
    expect(told.at(-1)?.bytesPerSecond).toBeLessThanOrEqual(10);
  });

  it('is unknown at first', () => {
    meter.report('http', at(0));
    expect(told[0]).toMatchObject({ bytesPerSecond: 0, secondsLeft: null });
  });

  it('is nothing when nothing comes', () => {
    meter.report('http', at(100));
    vi.advanceTimersByTime(1000);
    meter.report('http', at(200));
    for (let second = 0; second < 60; second += 1) {
      vi.advanceTimersByTime(1000);
      meter.report('http', at(200));
    }
    expect(told.at(-1)).toMatchObject({ bytesPerSecond: 0, secondsLeft: null });
  });
});
