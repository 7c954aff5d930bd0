// SPDX-License-Identifier: MIT
// @ts-check
// The Windows build of Bun, which only `npm run check:bun` needs.

import { join } from 'node:path';
import { runtimes } from '../clone.mjs';
import { runtime } from './runtimes.mjs';

export const bun = runtime('bun');
export const bunPath = join(
  runtimes,
  'bun/node_modules/@oven/bun-windows-x64-baseline/bin/bun.exe',
);
