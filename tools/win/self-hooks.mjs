// SPDX-License-Identifier: MIT
// @ts-check
// The hook for `import` that self.cjs registers in Node 20, which needs it in a separate module.

import { pathToFileURL } from 'node:url';
import { findSelf } from './find-self.cjs';

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    return { url: pathToFileURL(findSelf(specifier, error)).href, shortCircuit: true };
  }
}
