// SPDX-License-Identifier: MIT
// A small library in a folder of its own, for what is generated from the types of the real one.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Library } from '../../tools/generate/library/library.mjs';

/** What tsconfig.build.json has in it. */
export const plantedConfig = JSON.stringify({
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    types: [],
    module: 'preserve',
    moduleResolution: 'bundler',
    strict: true,
    skipLibCheck: true,
  },
  include: ['lib'],
});

/** @param sources Files by their path below `lib/`; `index.ts` exports the public API. */
export function plantedLibrary(
  sources: Record<string, string>,
  interfaces: string[] = [],
): Library {
  const root = mkdtempSync(join(tmpdir(), 'dosvc-library-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  const files = { 'electron-updater/index.ts': 'export const nothing = 0;', ...sources };
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, 'lib', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  writeFileSync(join(root, 'tsconfig.build.json'), plantedConfig);
  return new Library(root, interfaces);
}
