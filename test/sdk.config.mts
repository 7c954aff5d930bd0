// SPDX-License-Identifier: MIT
// What `npm run check:sdk` runs of Vitest: that its checks can fail.

import type { ViteUserConfig } from 'vitest/config';

export default {
  test: {
    include: ['test/sdk/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
} satisfies ViteUserConfig;
