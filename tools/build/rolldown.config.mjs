// SPDX-License-Identifier: MIT
// Bundles the library into one CommonJS file. What stands on it is bundled into others, which load it as a
// program of a user does: the command line, with the packages that it draws with, and what attaches it to
// electron-updater.

import { defineConfig } from 'rolldown';
import { notices } from './notices.mjs';

// A copy of `node:process` as an ES module reads every property, and libuv aborts the process as it reads
// `process.title` in a console without a title. The packages that draw import the default alone.
const globalProcess = {
  name: 'global-process',
  resolveId: { filter: { id: /^node:process$/ }, handler: () => '\0global-process' },
  load: {
    filter: { id: /^\0global-process$/ },
    handler: () => 'export default globalThis.process;',
  },
};

/** The public API stays a file of its own, which all programs share. */
const library = {
  name: 'library',
  resolveId: {
    filter: { id: /^(\.\.\/)+index\.js$/ },
    handler: () => ({ id: './index.js', external: true }),
  },
};

export default defineConfig([
  {
    input: 'lib/index.ts',
    platform: 'node',
    // The binaries stay outside the bundle, under the paths that lib/remote/loader.ts spells out.
    external: /\.node$/,
    output: { file: 'dist.next/index.js', format: 'cjs' },
  },
  {
    input: 'lib/electron-updater/index.ts',
    platform: 'node',
    plugins: [library],
    output: { file: 'dist.next/electron-updater.js', format: 'cjs' },
  },
  {
    input: 'lib/cli/main.ts',
    platform: 'node',
    plugins: [library, globalProcess, notices('ThirdPartyNotices.txt')],
    // Most commands need no package: what draws is in files of its own, loaded when it is needed.
    output: {
      dir: 'dist.next',
      entryFileNames: 'cli.js',
      // Beside it, so that './index.js' is the library for them, too.
      chunkFileNames: 'cli-[name].js',
      format: 'cjs',
      banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
    },
  },
]);
