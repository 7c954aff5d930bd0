// SPDX-License-Identifier: MIT

import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether the long tests run. */
    endurance?: boolean;
  }
}

/** How often a test repeats itself: a few times in `npm test`, many in `npm run test:endurance`. */
export function howOften(few: number, many: number): number {
  return inject('endurance') === true ? many : few;
}
