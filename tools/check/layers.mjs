// SPDX-License-Identifier: MIT
// @ts-check
// Checks the layers of the library: the command line and electron-updater's door, the public API,
// convenience, jobs and downloads, the feed, remote, the base, the boundary. A file imports from its own
// layer and those below it; but the feed does not import from the boundary, convenience neither from it
// nor from the feed, and the two on top from nothing but the public API.

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../clone.mjs';

/** @param {string} module a path without its extension */
export function layerOf(module) {
  if (module === 'package.json') return 'manifest';
  if (module === 'lib/index') return 'index';
  if (/^lib\/cli\//.test(module)) return 'cli';
  if (/^lib\/electron-updater\//.test(module)) return 'electron-updater';
  if (/^lib\/(transfer|diagnose)\//.test(module)) return 'convenience';
  if (/^lib\/(jobs|downloads)\//.test(module)) return 'objects';
  if (/^lib\/feed\//.test(module)) return 'feed';
  if (/^lib\/remote\//.test(module)) return 'remote';
  if (/^typings\//.test(module)) return 'boundary';
  return 'base';
}

/** @type {Record<string, string[]>} */
const allowed = {
  cli: ['cli', 'index', 'manifest'],
  'electron-updater': ['electron-updater', 'index'],
  index: ['convenience', 'objects', 'feed', 'remote', 'base', 'boundary'],
  convenience: ['convenience', 'objects', 'remote', 'base', 'manifest'],
  objects: ['objects', 'feed', 'remote', 'base', 'boundary'],
  feed: ['feed', 'remote', 'base'],
  remote: ['remote', 'base', 'boundary', 'manifest'],
  base: ['base', 'boundary'],
  boundary: ['boundary'],
};

/**
 * The modules that a file imports by a relative path, as paths from the root without extensions.
 * @param {string} text of the file
 * @param {string} file
 */
export function importsIn(text, file) {
  const imports = text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.[^'"]*)['"]/g);
  return Array.from(imports, ([, path]) => {
    const target = posix.join(posix.dirname(file), /** @type {string} */ (path));
    return target.replace(/(\.d)?\.[jt]s$/, '');
  });
}

/**
 * @param {string} file a TypeScript file of lib/
 * @returns {string[]}
 */
export function layerFaults(file) {
  const layer = layerOf(file.replace(/\.ts$/, ''));
  return importsIn(readFileSync(join(root, file), 'utf8'), file)
    .filter((target) => !allowed[layer]?.includes(layerOf(target)))
    .map((target) => `${file} (${layer}): imports ${target} (${layerOf(target)})`);
}
