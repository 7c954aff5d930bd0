// SPDX-License-Identifier: MIT
// @ts-check
// The Windows builds of Node, from their npm packages.

import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { callersFolder, nodeWin, root } from '../clone.mjs';
import { ToolError } from '../command.mjs';
import { npmCi } from './packages.mjs';

const manifests = ['package.json', 'package-lock.json'];
const source = join(root, 'tools', 'node-win');

/** @type {import('./step.mjs').Step} */
export const windowsNode = {
  what: 'Installing the Windows builds of Node …',
  folder: nodeWin,
  files: manifests.map((name) => join(source, name)),
  make: async () => {
    mkdirSync(nodeWin, { recursive: true });
    for (const name of manifests) cpSync(join(source, name), join(nodeWin, name));
    // The packages are for win32 only, which npm reports as an error here unless it is forced.
    await npmCi(nodeWin, ['--force']);
  },
};

/**
 * The node.exe to use.
 * @param {string} [which] '22', '20', or a path; the default is DOSVC_NODE, or 22
 */
export function windowsNodePath(which = process.env.DOSVC_NODE || '22') {
  const file = /^\d+$/.test(which)
    ? join(nodeWin, 'node_modules', `node-win-${which}`, 'bin', 'node.exe')
    : resolve(callersFolder(), which);
  if (!existsSync(file)) {
    throw new ToolError(`DOSVC_NODE=${which}: ${file} does not exist. Use 22, 20 or a path.`);
  }
  return file;
}
