// SPDX-License-Identifier: MIT
// What runs on the Linux host: the tools, and all that needs no Windows. `npm run test:endurance` runs the
// long tests, and the addon on the fake engine again, under the sanitizers.

import type { ViteUserConfig } from 'vitest/config';
import { repeated } from './repeated.mts';

const projects = [
  { name: 'linux', include: ['test/{linux,unit}/**/*.test.ts'] },
  {
    name: 'long',
    include: ['test/endurance/host/**/*.test.ts', ...repeated],
    provide: { endurance: true },
  },
  {
    name: 'sanitizers',
    include: ['test/linux/fake-*.test.ts'],
    env: { DOSVC_TEST_SANITIZERS: 'yes' },
  },
];

export default {
  test: {
    projects: projects.map((test) => ({ extends: true as const, test })),
    pool: 'forks',
    // As under the Windows Node, files share a process: a new one for each would take as long as its tests.
    isolate: false,
    maxWorkers: 2,
    // The default of one second is a claim about the machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
} satisfies ViteUserConfig;
