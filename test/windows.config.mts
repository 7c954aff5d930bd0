// SPDX-License-Identifier: MIT
// What runs inside the Windows Node, under Wine or on Windows itself. On Linux this file is reached
// by a link, beside Windows' own node_modules: it imports nothing, since the bundler of configs
// would follow the link, and tests stay where the link shows them.

import type { ViteUserConfig } from 'vitest/config';

export default {
  resolve: { preserveSymlinks: true },
  test: {
    include: ['test/{unit,abi,objects,service,dosvc,lifecycle,package,docs}/**/*.test.ts'],
    globalSetup: ['test/dosvc/installation.ts'],
    pool: 'forks',
    // One at a time: each test starts Wine's BITS anew.
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // The package is loaded as its users load it: by Node, and once.
    server: { deps: { external: [/\/dist\//] } },
  },
} satisfies ViteUserConfig;
