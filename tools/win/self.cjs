// SPDX-License-Identifier: MIT
// @ts-check
// Loaded before a script of `npm run win`, its workers and its child processes: there a bare
// `dosvc` is this clone's build, wherever the script lies, unless a dosvc is installed beside it.
// CommonJS, because Node 22 does not load a preloaded ES module in a worker made from a string.

const Module = require('node:module');
const { pathToFileURL } = require('node:url');
const { findSelf } = require('./find-self.cjs');

// `require` and `require.resolve`, which hooks do not see in every version.
const internal = /** @type {any} */ (Module);
const next = internal._resolveFilename;
internal._resolveFilename = function (/** @type {[string]} */ ...args) {
  try {
    return next.apply(this, args);
  } catch (error) {
    return findSelf(args[0], error);
  }
};

// `import`; in Node 20 from a thread of its own.
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
