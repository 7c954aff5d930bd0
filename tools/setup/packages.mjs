// SPDX-License-Identifier: MIT
// @ts-check
// The npm packages of the host, in node_modules.

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { NotHere, runBeside, ToolError } from '../command.mjs';

const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)\b/;

/**
 * Installs exactly what the lock file says. None of the packages needs its install script: native
 * code comes in prebuilt packages.
 * @param {string} folder
 * @param {string[]} [more]
 */
export async function npmCi(folder, more = []) {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', ...more];
  try {
    await runBeside('npm', ['ci', ...options], { cwd: folder });
  } catch (error) {
    if (!(error instanceof ToolError && unreachable.test(error.message))) throw error;
    throw new NotHere(`The npm registry cannot be reached.\n${error.message}`);
  }
}

/** @type {import('./step.mjs').Step} */
export const packages = {
  what: 'Installing the npm packages …',
  folder: join(root, 'node_modules'),
  files: [join(root, 'package-lock.json'), join(root, '.npmrc')],
  also: () => `${process.platform}-${process.arch}`,
  make: () => npmCi(root),
};
