// SPDX-License-Identifier: MIT
// What runs inside the Windows Node, under Wine or on Windows itself. On Linux this file is reached
// by a link, beside Windows' own node_modules: it imports nothing of ours, since the bundler of
// configs would follow the link, and tests stay where the link shows them.

import { existsSync } from 'node:fs';
import type { ViteUserConfig } from 'vitest/config';

// The recorder and the stand-in's proxies are for x64: an ARM64 Node cannot load them.
const companions = process.arch !== 'arm64';

// The tests of test/service run on both services.
const projects = [
  {
    name: 'bits',
    provide: { service: 'bits' as const },
    include: [
      'test/{unit,service,bits,lifecycle,package,docs}/**/*.test.ts',
      ...(companions ? ['test/{abi,objects}/**/*.test.ts'] : []),
    ],
  },
  {
    name: 'delivery-optimization',
    provide: { service: 'delivery-optimization' as const },
    include: ['test/{service,dosvc}/**/*.test.ts'],
    globalSetup: ['test/dosvc/installation.ts'],
  },
].slice(0, companions ? 2 : 1);
if (existsSync('C:\\windows\\system32\\winecfg.exe')) {
  projects[0]?.include.push('test/wine/**/*.test.ts');
}

export default {
  resolve: { preserveSymlinks: true },
  test: {
    projects: projects.map((test) => ({ extends: true as const, test })),
    pool: 'forks',
    // One at a time: each test of Wine's BITS starts it anew.
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // The package is loaded as its users load it: by Node, and once.
    server: { deps: { external: [/\/dist\//] } },
  },
} satisfies ViteUserConfig;
