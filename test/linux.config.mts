// SPDX-License-Identifier: MIT
// What runs on the Linux host: the tools, and all that needs no Windows.

import type { ViteUserConfig } from 'vitest/config';

export default {
  test: {
    include: ['test/linux/**/*.test.ts', 'test/unit/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
} satisfies ViteUserConfig;
