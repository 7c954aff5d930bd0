// SPDX-License-Identifier: MIT
// What runs inside the Windows Node, under Wine or on Windows itself: each project is a suite, of
// which `npm test` runs several side by side. On Linux this file is reached by a link, beside
// Windows' own node_modules: it imports nothing that imports a package, since the bundler of configs
// would follow the link; tests stay where the link shows them.

import { existsSync } from 'node:fs';
import type { ViteUserConfig } from 'vitest/config';
import { inOtherNode } from './other-node/pool.mts';
import { repeated, repeatedOnStandIn } from './repeated.mts';

// A Node for another architecture, which the tests are in.
const { DOSVC_TEST_NODE: otherNode } = process.env;
// Tests of the stand-in rather than of the library know only the layouts of 64 bits.
const notThere =
  otherNode === undefined ? [] : ['test/dosvc/{raw,transfer}/**', 'test/dosvc/interfaces.test.ts'];

// The routes of download() are not exported. Their tests import them from lib/, beside the built library of
// the other tests, and a binding has one listener: so each file has a process.

// The stand-in's proxies are not for ARM64.
const standIn = process.arch !== 'arm64';
const underWine = existsSync('C:\\windows\\system32\\winecfg.exe');

const onStandIn = {
  provide: { service: 'delivery-optimization' as const },
  globalSetup: ['test/stand-in/client/installation.ts'],
};
const downloads = ['test/dosvc/{downloads-*,raw/**/*,transfer/**/*}.test.ts'];
// Most of the documentation's programs are for Delivery Optimization: it need not begin anew for each.
const programs = 'test/docs/**/*.test.ts';

const everywhere = [
  {
    name: 'objects',
    include: ['test/{unit,objects}/**/*.test.ts'],
    // It runs the generator, on the host as well.
    exclude: underWine ? ['test/unit/spec-drift.test.ts'] : [],
  },
  // Apart from the library: a binding has one listener.
  { name: 'abi', include: ['test/abi/**/*.test.ts'] },
  {
    name: 'routes',
    isolate: true,
    include: ['test/transfer/services/recorded-*.test.ts'],
  },
  {
    name: 'routes-on-bits',
    isolate: true,
    include: ['test/transfer/{services/,}on-bits.test.ts'],
  },
  {
    name: 'updates-on-bits',
    include: ['test/updates/on-bits.test.ts'],
  },
  {
    name: 'bits',
    provide: { service: 'bits' as const },
    include: [
      'test/{jobs,bits,lifecycle,package}/**/*.test.ts',
      'test/cli/{jobs,cmd,interrupt,diagnose}.test.ts',
      ...(standIn ? [] : [programs]),
      ...(underWine ? ['test/wine/**/*.test.ts'] : []),
    ],
  },
  // `npm run test:endurance` runs these.
  {
    name: 'bundles',
    provide: { service: 'bits' as const },
    include: ['test/endurance/bundles/**/*.test.ts'],
  },
  {
    name: 'repeated',
    provide: { endurance: true },
    include: repeated,
  },
];
const withStandIn = [
  // The tests of test/jobs run on both services.
  {
    name: 'jobs',
    ...onStandIn,
    include: ['test/{jobs,dosvc,cli}/**/*.test.ts', programs],
    // Where BITS is fresh for each test.
    exclude: [...downloads, ...notThere, 'test/cli/diagnose.test.ts'],
  },
  { name: 'downloads', ...onStandIn, include: downloads, exclude: notThere },
  {
    name: 'routes-on-stand-in',
    isolate: true,
    ...onStandIn,
    include: [
      'test/transfer/{services/{on-stand-in,taken-up,left,restarted},on-stand-in,killed}.test.ts',
    ],
  },
  {
    name: 'updates-on-stand-in',
    ...onStandIn,
    include: ['test/updates/on-stand-in.test.ts'],
  },
  ...Object.entries(repeatedOnStandIn).map(([name, tests]) => ({
    name,
    // Big streams count the memory of their process.
    isolate: true,
    ...onStandIn,
    provide: { ...onStandIn.provide, endurance: true },
    include: [`test/endurance/${name}/**/*.test.ts`, ...tests],
  })),
  // `npm run check:powershell` runs these.
  {
    name: 'powershell-bits',
    provide: { service: 'bits' as const },
    include: ['test/powershell/{jobs,interrupt,page}.test.ts'],
  },
  {
    name: 'powershell',
    ...onStandIn,
    include: ['test/powershell/*.test.ts'],
    // It lists jobs, which Delivery Optimization does not.
    exclude: ['test/powershell/page.test.ts'],
  },
];
const projects = standIn ? [...everywhere, ...withStandIn] : everywhere;

export default {
  resolve: { preserveSymlinks: true },
  test: {
    // One after the other: where files of two projects alternate, each takes a new process.
    projects: projects.map((test, groupOrder) => ({
      extends: true as const,
      test: { ...test, sequence: { groupOrder } },
    })),
    pool: otherNode === undefined ? 'forks' : inOtherNode(otherNode),
    // The files of a suite share a process: a new one for each would take longer than its tests. What
    // looks at a whole process, its end or its memory has a child of its own for it.
    isolate: false,
    // One at a time: the tests of a suite share one service.
    maxWorkers: 1,
    setupFiles: ['test/explain-failure.ts', 'test/record-rows.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // The package is loaded as its users load it: by Node, and once.
    server: { deps: { external: [/\/dist\//] } },
  },
} satisfies ViteUserConfig;
