// SPDX-License-Identifier: MIT
// @ts-check
// What self.cjs asks of `import` in Node 20, where such hooks are a module of their own.

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
