// SPDX-License-Identifier: MIT
// @ts-check
// The paths within this clone. The tools create everything in folders that git ignores, so two clones
// never interfere.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const onWindows = process.platform === 'win32';

/** The Wine that DOSVC_WINE names: '10', 'arm64', or '' for the machine's own. */
export function chosenWine() {
  return process.env.DOSVC_WINE ?? '';
}

/**
 * A Wine prefix: a Windows that belongs to this clone, with its own services. Every command uses
 * `main`; tests that run at the same time have one each.
 * @param {string} [name]
 */
export function prefix(name = 'main') {
  const wine = chosenWine() === '' ? [] : [`wine-${chosenWine()}`];
  return join(root, '.win', ...wine, 'prefixes', name);
}

/** The prefixes that only the tests use. */
export const testPrefixes = ['bits', 'jobs', 'downloads'];
const preload = join(root, '.win', 'preload');
/** The library that every Wine process preloads, and its build for processes of 32 bits. */
export const orphanedLocksLibrary = join(preload, 'dosvc-orphaned-locks.so');
export const orphanedLocksLibrary32 = join(preload, '32', 'dosvc-orphaned-locks.so');
/** The npm packages that contain the Windows builds of Node. */
export const runtimes = join(root, '.win', 'runtimes');
/** The Windows SDK, once a check has downloaded it. */
export const windowsSdk = join(root, '.win', 'sdk');
/** PowerShell for Windows, once a check has downloaded it. */
export const powerShellFolder = join(root, '.win', 'powershell');
/** The clone as the Windows Node sees it: on Linux, links to it and a separate node_modules. */
export const tree = onWindows ? root : join(root, '.win', 'tree');

/**
 * The folder in which the user typed the command: npm changes to the clone's root before it runs a
 * script.
 */
export function callersFolder() {
  return (process.env.npm_lifecycle_event && process.env.INIT_CWD) || process.cwd();
}
