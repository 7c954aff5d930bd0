// SPDX-License-Identifier: MIT
// @ts-check
// How Wine is started for this clone.

import { prefix } from '../clone.mjs';

/**
 * The environment of every Wine program here. Without a display no window can ever wait for a
 * click.
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function wineEnvironment(more) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { WINEDEBUG: '-all', ...process.env, ...more, WINEPREFIX: prefix };
  delete env.DISPLAY;
  delete env.WAYLAND_DISPLAY;
  return env;
}

/**
 * A path of this system as Windows programs see it.
 * @param {string} path absolute
 */
export function windowsPath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}
