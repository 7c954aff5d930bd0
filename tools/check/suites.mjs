// SPDX-License-Identifier: MIT
// @ts-check
// Checks the suites of test/: a folder with a test in it is a suite, and no file outside a suite
// reaches into it, whether by an import or by the path of a program that it starts. Code that suites
// share is in a folder without tests.

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../clone.mjs';
import { filesBelow } from './files.mjs';

/** The folder of test/ that a path is in. @param {string} path */
function folderOf(path) {
  return /^test\/[^/]+(?=\/)/.exec(`${path}/`)?.[0];
}

// A relative path, and the literals that follow it, as in join(import.meta.dirname, '..', 'folder').
const relative = /['"`](\.\.?(?:\/[^'"`$\n]*)?)((?:['"`]\s*,\s*['"`][^'"`$\n]*)*)/g;

/** The relative paths in the literals of a file. @param {string} text */
function pathsIn(text) {
  return Array.from(text.matchAll(relative), ([, path = '', more = '']) =>
    [path, ...more.split(/['"`]\s*,\s*['"`]/).slice(1)].join('/'),
  );
}

/** @returns {string[]} */
export function suiteFaults() {
  const suites = new Set(filesBelow(['test'], /\.test\.ts$/).map(folderOf));
  return filesBelow(['test', 'bench'], /\.[cm]?[jt]s$/).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return pathsIn(text)
      .map((path) => ({ path, folder: folderOf(posix.join(posix.dirname(file), path)) }))
      .filter(({ folder }) => folder !== folderOf(file) && suites.has(folder))
      .map(({ path, folder }) => `${file}: reaches into the suite ${String(folder)}: ${path}`);
  });
}
