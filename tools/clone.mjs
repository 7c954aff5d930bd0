// SPDX-License-Identifier: MIT
// @ts-check
// Where things lie in this clone. All that the tools make is in folders that git ignores, so that
// two clones never meet.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const onWindows = process.platform === 'win32';

/**
 * A Wine prefix: a Windows of this clone's own, with its own services. `main` is the one of every
 * command; tests that run at the same time have one each.
 * @param {string} [name]
 */
export function prefix(name = 'main') {
  return join(root, '.win', 'prefixes', name);
}

/** The prefixes that only the tests use. */
export const testPrefixes = ['bits', 'jobs', 'downloads'];
/** What Wine's processes load first. */
export const orphanedLocksLibrary = join(root, '.win', 'preload', 'dosvc-orphaned-locks.so');
/** The npm packages that carry the Windows builds of Node. */
export const nodeWin = join(root, '.win', 'node');
/** The Windows SDK, where a check has asked for it. */
export const windowsSdk = join(root, '.win', 'sdk');
/** The clone as Windows sees it: on Linux, links to it beside Windows' own node_modules. */
export const tree = onWindows ? root : join(root, '.win', 'tree');

/**
 * The folder in which the user typed the command: npm moves to the clone's top before it runs a
 * script.
 */
export function callersFolder() {
  return (process.env.npm_lifecycle_event && process.env.INIT_CWD) || process.cwd();
}
