// SPDX-License-Identifier: MIT
// @ts-check
// The npm packages of the host, in node_modules.

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { run } from '../command.mjs';

/**
 * Installs exactly what the lock file says. No package of ours needs its install script: what is
 * native comes as a prebuilt package.
 * @param {string} folder
 * @param {string[]} [more]
 */
export function npmCi(folder, more = []) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...more], { cwd: folder });
}

/** @type {import('./step.mjs').Step} */
export const packages = {
  what: 'Installing the npm packages …',
  folder: join(root, 'node_modules'),
  files: [join(root, 'package-lock.json'), join(root, '.npmrc')],
  also: () => `${process.platform}-${process.arch}`,
  make: () => {
    npmCi(root);
  },
};
