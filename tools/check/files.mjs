// SPDX-License-Identifier: MIT
// @ts-check
// Lists the files of the project that a check examines.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';

/**
 * The files below these folders, as paths from the clone's root with forward slashes.
 * @param {string[]} folders
 * @param {RegExp} name
 * @returns {string[]}
 */
export function filesBelow(folders, name) {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        if (entry.isDirectory())
          return entry.name === 'node_modules' ? [] : filesBelow([path], name);
        return name.test(entry.name) ? [path] : [];
      }),
    )
    .sort();
}

export const cppSources = /\.(c|cc|cpp|h|hpp)$/;
