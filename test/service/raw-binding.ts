// SPDX-License-Identifier: MIT
// The binding below the library: the same instance as the library's, in this process.

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Binding } from '../../typings/binding.js';

export const binary = fileURLToPath(
  new URL(`../../prebuilds/win32-${process.arch}/dosvc.node`, import.meta.url),
);
export const binding = createRequire(import.meta.url)(binary) as Binding;
