// SPDX-License-Identifier: MIT
// The delays of lib/transfer. Other timers are left alone: those of fetch would time out.

import { vi } from 'vitest';

const real = globalThis.setTimeout;

/** Lets the delays pass at once, or never, until mocks are restored. Returns how long they were, in ms. */
export function passing(when: 'at once' | 'never'): number[] {
  const delays: number[] = [];
  const replaced = ((then: () => void, milliseconds = 0, ...given: []) => {
    const ours = new Error().stack?.includes('pause.ts') ?? false;
    if (!ours) return real(then, milliseconds, ...given);
    delays.push(milliseconds);
    return real(when === 'at once' ? then : () => undefined, 0);
  }) as typeof setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(replaced);
  return delays;
}
