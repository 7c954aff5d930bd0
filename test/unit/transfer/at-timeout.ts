// SPDX-License-Identifier: MIT
// Lets the timeout of a download pass when the test says so, however long the download takes to get there.

import { vi } from 'vitest';
import { rejection } from '../../promises/rejection.js';

/** In milliseconds: longer than a download takes to get as far as its test wants. */
export const timeout = 60_000;

/** Begins a download whose timeout passes once it has got that far. Resolves with its error. */
export async function atTimeout(
  begin: (options: { timeout: number }) => Promise<unknown>,
  isThere: () => boolean,
): Promise<unknown> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let isOver = false;
    const download = begin({ timeout }).finally(() => {
      isOver = true;
    });
    const error = rejection(download);
    await vi.waitUntil(() => isOver || isThere(), { timeout: timeout / 2 });
    // In one step: in many, what waits would try again and again, and give up before the timeout.
    vi.advanceTimersByTime(timeout);
    return await error;
  } finally {
    vi.useRealTimers();
  }
}
