// SPDX-License-Identifier: MIT
// lib/transfer/services/shared-manager.ts: transfers share a connection, which is closed after the last.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SharedManager } from '../../../lib/transfer/services/shared-manager.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function managers() {
  const close = vi.fn(() => Promise.resolve());
  const connect = vi.fn(() => Promise.resolve({ close }));
  return { close, connect, shared: new SharedManager(connect) };
}

it('connects once for transfers at the same time, and closes after the last', async () => {
  const { close, connect, shared } = managers();
  const [[one, doneOne], [other, doneOther]] = await Promise.all([shared.use(), shared.use()]);
  expect(one).toBe(other);
  expect(connect).toHaveBeenCalledOnce();
  doneOne();
  await vi.runAllTimersAsync();
  expect(close).not.toHaveBeenCalled();
  doneOther();
  await vi.runAllTimersAsync();
  expect(close).toHaveBeenCalledOnce();
});

it('serves a transfer that follows, and connects again after the close', async () => {
  const { close, connect, shared } = managers();
  const [, first] = await shared.use();
  first();
  await vi.advanceTimersByTimeAsync(1);
  const [, second] = await shared.use();
  await vi.runAllTimersAsync();
  expect(close).not.toHaveBeenCalled();
  expect(connect).toHaveBeenCalledOnce();
  second();
  await vi.runAllTimersAsync();
  const [, third] = await shared.use();
  expect(connect).toHaveBeenCalledTimes(2);
  third();
});

it('tries again after a failure', async () => {
  const { connect, shared } = managers();
  connect.mockRejectedValueOnce(new Error('no service'));
  const both = await Promise.allSettled([shared.use(), shared.use()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const [manager, done] = await shared.use();
  expect(manager).toBeDefined();
  expect(connect).toHaveBeenCalledTimes(2);
  done();
});
