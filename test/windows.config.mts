// SPDX-License-Identifier: MIT
// What runs inside the Windows Node, under Wine or on Windows itself. On Linux this file is reached
// by a link, beside Windows' own node_modules: it imports nothing, since the bundler of configs
// would follow the link, and tests stay where the link shows them.

import type { ViteUserConfig } from 'vitest/config';

export default {
  resolve: { preserveSymlinks: true },
  test: {
    include: ['test/{unit,abi,objects,service,lifecycle,package,docs}/**/*.test.ts'],
    pool: 'forks',
    // One at a time: Wine's BITS takes no lock when a notify interface is set, and can stall.
    maxWorkers: 1,
    // Wine takes a process for a dead one whose number it has again, and then stops it with an
    // assertion (combase/stubmanager.c) when the service lets go of what the dead one had left there.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // The package is loaded as its users load it: by Node, and once.
    server: { deps: { external: [/\/dist\//] } },
  },
} satisfies ViteUserConfig;
