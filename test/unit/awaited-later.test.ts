// SPDX-License-Identifier: MIT

import { expect, it, onTestFinished, vi } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';

it('a promise that is awaited later rejects then, and is no unhandled rejection until then', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const kept = awaitedLater(Promise.reject(new Error('meanwhile')));
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).not.toHaveBeenCalled();
  await expect(kept).rejects.toThrow('meanwhile');
});
