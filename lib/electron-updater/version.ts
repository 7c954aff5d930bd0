// SPDX-License-Identifier: MIT
//
// The versions of electron-updater that this was tried with, and the version that an updater is of. An
// updater does not say: the module that has its class lies in a package that does.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The oldest and the newest version that the tests run. */
export const tried = { oldest: '6.1.8', newest: '6.8.10' } as const;

/** The version of an updater's package; undefined if it cannot be told, as in a bundle. */
export function versionOf(updater: object): string | undefined {
  // Any path leads to the modules that require() has loaded.
  const { cache } = createRequire(process.execPath);
  for (const module of Object.values(cache)) {
    if (module === undefined || !/[\\/]AppUpdater\.js$/.test(module.filename)) continue;
    const { AppUpdater: Class } = module.exports as { AppUpdater?: unknown };
    if (typeof Class !== 'function' || !(updater instanceof Class)) continue;
    return versionIn(join(dirname(module.filename), '..', 'package.json'));
  }
  return undefined;
}

function versionIn(manifest: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a version is one that this is for: of the major version that was tried, and not older. One that
 * cannot be told may be.
 */
export function isKnown(version: string | undefined): boolean {
  if (version === undefined) return true;
  const [given, oldest] = [partsOf(version), partsOf(tried.oldest)];
  if (given[0] !== oldest[0]) return false;
  const at = given.findIndex((part, index) => part !== oldest[index]);
  return at === -1 || (given[at] ?? 0) > (oldest[at] ?? 0);
}

/** Major, minor and patch version. */
function partsOf(version: string): number[] {
  return version
    .replace(/[-+].*$/s, '')
    .split('.')
    .map(Number);
}
