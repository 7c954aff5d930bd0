// SPDX-License-Identifier: MIT
// @ts-check
// Finds this clone's build if the usual resolution did not find a bare `dosvc`.

const { createRequire } = require('node:module');
const { join } = require('node:path');

// Inside the package, its own name resolves to its exports.
const requireInside = createRequire(join(__dirname, '..', '..', 'package.json'));
let looking = false;

/**
 * @param {string} specifier
 * @param {unknown} error the resolution error; rethrown if it is not about `dosvc`
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
