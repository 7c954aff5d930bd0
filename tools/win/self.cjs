// SPDX-License-Identifier: MIT
// @ts-check
// Preloaded into a script of `npm run win`, its workers and its child processes. It resolves a bare
// `dosvc` to this clone's build, wherever the script is, unless a dosvc is installed next to it.
// CommonJS, because Node 22 does not load a preloaded ES module in a worker made from a string.

const Module = require('node:module');
const { pathToFileURL } = require('node:url');
const { findSelf } = require('./find-self.cjs');

// `require` and `require.resolve`, which resolve hooks do not cover in every version of Node.
const internal = /** @type {any} */ (Module);
const next = internal._resolveFilename;
internal._resolveFilename = function (/** @type {[string]} */ ...args) {
  try {
    return next.apply(this, args);
  } catch (error) {
    return findSelf(args[0], error);
  }
};

// `import`. Node 20 runs its hooks on a separate thread.
const { registerHooks } = /** @type {any} */ (Module);
if (registerHooks) registerHooks({ resolve: resolveSync });
else Module.register('./self-hooks.mjs', pathToFileURL(__filename));

/**
 * @param {string} specifier
 * @param {unknown} context
 * @param {(specifier: string, context: unknown) => unknown} next
 */
function resolveSync(specifier, context, next) {
  try {
    return next(specifier, context);
  } catch (error) {
    return { url: pathToFileURL(findSelf(specifier, error)).href, shortCircuit: true };
  }
}
