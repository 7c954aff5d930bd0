// SPDX-License-Identifier: MIT
// What runs on the Linux host: the tools, and all that needs no Windows.

import type { ViteUserConfig } from 'vitest/config';

export default {
  test: {
    include: ['test/linux/**/*.test.ts', 'test/unit/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // The default of one second is a claim about the machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
} satisfies ViteUserConfig;
