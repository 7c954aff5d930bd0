// SPDX-License-Identifier: MIT
// @ts-check
// The floors of the library: doors, convenience, objects, the boundary. A file imports from its own
// floor and from below, a door from the public API alone, and convenience never from the boundary.

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../clone.mjs';

/** @param {string} module a path without its ending */
function floorOf(module) {
  if (/^lib\/(cli\/|electron-updater$)/.test(module)) return 'door';
  if (module === 'lib/index') return 'index';
  if (/^lib\/(transfer\/|diagnose$)/.test(module)) return 'convenience';
  if (/^(lib\/binding$|typings\/)/.test(module)) return 'boundary';
  return 'objects';
}

/** @type {Record<string, string[]>} */
const allowed = {
  door: ['door', 'index'],
  index: ['convenience', 'objects', 'boundary'],
  convenience: ['convenience', 'objects'],
  objects: ['objects', 'boundary'],
  boundary: ['objects', 'boundary'],
};

/**
 * @param {string} file a TypeScript file of lib/
 * @returns {string[]}
 */
export function floorFaults(file) {
  const floor = floorOf(file.replace(/\.ts$/, ''));
  const imports = readFileSync(join(root, file), 'utf8').matchAll(
    /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.[^'"]*)['"]/g,
  );
  return Array.from(imports, ([, path]) => {
    const target = posix.join(posix.dirname(file), /** @type {string} */ (path));
    return target.replace(/(\.d)?\.[jt]s$/, '');
  })
    .filter((target) => !allowed[floor]?.includes(floorOf(target)))
    .map((target) => `${file} (${floor}): imports ${target} (${floorOf(target)})`);
}
