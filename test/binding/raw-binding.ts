// SPDX-License-Identifier: MIT
// The binding below the library: the instance that the library uses in this process.

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { RawBinding } from './raw-boundary.js';

export const binary = fileURLToPath(
  new URL(`../../prebuilds/win32-${process.arch}/dosvc.node`, import.meta.url),
);
export const binding = createRequire(import.meta.url)(binary) as RawBinding;
