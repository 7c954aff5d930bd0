// SPDX-License-Identifier: MIT
// @ts-check
// Lists the files that a target is made from.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';

/**
 * The files of the clone at these paths; for a folder, all the files below it.
 * @param {string[]} paths
 */
export function inputs(...paths) {
  return paths.flatMap((path) => {
    const whole = join(root, path);
    if (!statSync(whole).isDirectory()) return [whole];
    const below = readdirSync(whole, { recursive: true, encoding: 'utf8' });
    return below
      .map((name) => join(whole, name))
      .filter((file) => statSync(file).isFile())
      .sort();
  });
}
