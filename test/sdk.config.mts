// SPDX-License-Identifier: MIT
// What `npm run check:sdk` runs of Vitest: that its checks can fail.

import type { ViteUserConfig } from 'vitest/config';

export default {
  test: {
    include: ['test/sdk/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Long, because .ci/run gives these tests only the processor time that the others leave.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
} satisfies ViteUserConfig;
