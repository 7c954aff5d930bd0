// SPDX-License-Identifier: MIT
// What `npm run check:dotnet` runs, inside the Windows Node: a .NET client beside the library. As
// windows.config.mts it imports nothing.

import type { ViteUserConfig } from 'vitest/config';

export default {
  resolve: { preserveSymlinks: true },
  test: {
    include: ['test/dotnet/**/*.test.ts'],
    globalSetup: ['test/dosvc/installation.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { external: [/\/dist\//] } },
  },
} satisfies ViteUserConfig;
