// SPDX-License-Identifier: MIT
// @ts-check
// Finds this clone's build where a bare `dosvc` was not found in the usual way.

const { createRequire } = require('node:module');
const { join } = require('node:path');

// Inside the package its own name leads to its exports.
const requireInside = createRequire(join(__dirname, '..', '..', 'package.json'));
let looking = false;

/**
 * @param {string} specifier
 * @param {unknown} error why it was not found; thrown again where it is not about us
 * @returns {string} the file
 */
exports.findSelf = (specifier, error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  const notFound = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  if (looking || !notFound || !/^dosvc(\/|$)/.test(specifier)) throw error;
  looking = true;
  try {
    return requireInside.resolve(specifier);
  } finally {
    looking = false;
  }
};
