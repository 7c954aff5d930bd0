// SPDX-License-Identifier: MIT
// What `npm run check:dotnet` runs, inside the Windows Node: a .NET client beside the library. As
// windows.config.mts it imports nothing.

import type { ViteUserConfig } from 'vitest/config';

const projects = [
  {
    name: 'bits',
    provide: { service: 'bits' as const },
    include: ['test/dotnet/bits.test.ts'],
  },
  {
    name: 'delivery-optimization',
    provide: { service: 'delivery-optimization' as const },
    include: ['test/dotnet/{delivery-optimization,downloads}.test.ts'],
    globalSetup: ['test/stand-in/client/installation.ts'],
  },
];

export default {
  resolve: { preserveSymlinks: true },
  test: {
    projects: projects.map((test) => ({ extends: true as const, test })),
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { external: [/\/dist\//] } },
  },
} satisfies ViteUserConfig;
