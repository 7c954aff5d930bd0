// SPDX-License-Identifier: MIT

import { defineConfig } from 'rolldown';

export default defineConfig({
  input: 'lib/index.ts',
  platform: 'node',
  // The binaries stay outside, under the paths that lib/binding.ts spells.
  external: /\.node$/,
  output: { file: 'dist.next/index.js', format: 'cjs' },
});
