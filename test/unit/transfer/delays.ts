// SPDX-License-Identifier: MIT
// The delays of lib/transfer. Other timers are left alone: those of fetch would time out.

import { afterEach, vi } from 'vitest';

const real = globalThis.setTimeout;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Lets the delays pass at once, or never. Returns how long they were, in milliseconds. */
export function passing(when: 'at once' | 'never'): number[] {
  const delays: number[] = [];
  const replaced = ((then: () => void, milliseconds?: number) => {
    const ours = new Error().stack?.includes('pause.ts') ?? false;
    if (!ours) return real(then, milliseconds);
    delays.push(milliseconds ?? 0);
    return real(when === 'at once' ? then : () => undefined, 0);
  }) as typeof setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(replaced);
  return delays;
}
