// SPDX-License-Identifier: MIT
// Bundles the library into one CommonJS file.

import { defineConfig } from 'rolldown';

export default defineConfig({
  input: 'lib/index.ts',
  platform: 'node',
  // The binaries stay outside the bundle, under the paths that lib/remote/loader.ts spells out.
  external: /\.node$/,
  output: { file: 'dist.next/index.js', format: 'cjs' },
});
