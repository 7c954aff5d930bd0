// SPDX-License-Identifier: MIT
// @ts-check
// The Windows builds of Node, from their npm packages. Each folder of tools/runtimes lists some, which
// are installed together.

import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { callersFolder, root, runtimes, chosenWine } from '../clone.mjs';
import { ToolError } from '../command.mjs';
import { npmCi } from './packages.mjs';
import { alignPages } from './page-aligned.mjs';

/** The folder of tools/runtimes that has a build of Node. @type {Record<string, string>} */
const folders = { 20: 'node', 22: 'node', 24: 'newer', 26: 'newer', ia32: 'ia32', arm64: 'arm64' };

/** What DOSVC_WINE may be for the builds of a folder. @type {Record<string, string[]>} */
const wines = { node: ['', '10'], newer: ['10'], ia32: ['10'], arm64: ['arm64'] };

const manifests = ['package.json', 'package-lock.json'];

/** @param {string} name of a folder @param {string} which build of Node */
function program(name, which) {
  return join(runtimes, name, 'node_modules', `node-win-${which}`, 'bin', 'node.exe');
}

/**
 * @param {string} name of a folder of tools/runtimes
 * @returns {import('./step.mjs').Step}
 */
export function runtime(name) {
  const source = join(root, 'tools', 'runtimes', name);
  const folder = join(runtimes, name);
  const nodes = Object.keys(folders).filter((which) => folders[which] === name);
  return {
    what: `Installing Windows runtimes (${name}) …`,
    folder,
    files: [
      ...manifests.map((file) => join(source, file)),
      ...(nodes.length > 0 ? [join(root, 'tools', 'setup', 'page-aligned.mjs')] : []),
    ],
    make: async () => {
      mkdirSync(folder, { recursive: true });
      for (const file of manifests) cpSync(join(source, file), join(folder, file));
      // The packages are for win32 only, which npm reports as an error here unless it is forced.
      await npmCi(folder, ['--force']);
      for (const which of nodes) alignPages(program(name, which));
    },
  };
}

/** The one to use unless DOSVC_NODE names another. */
function usual() {
  return chosenWine() === 'arm64' ? 'arm64' : '22';
}

/**
 * The folder of tools/runtimes that has a build of Node; undefined for a path.
 * @param {string} which
 */
function folderOf(which) {
  const name = folders[which];
  const possible = name === undefined ? [chosenWine()] : (wines[name] ?? []);
  if (!possible.includes(chosenWine())) {
    const needed = String(possible.at(-1));
    throw new ToolError(`The Windows Node ${which} needs another Wine: set DOSVC_WINE=${needed}.`);
  }
  return name;
}

/**
 * What installs builds of Node: 20 and 22, or the one for ARM64; the one that DOSVC_NODE names; and others.
 * @param {string[]} others as below; a path is the user's own
 */
export function nodeSteps(others) {
  const names = [usual(), process.env.DOSVC_NODE ?? '', ...others].map(folderOf);
  return [...new Set(names)].filter((name) => name !== undefined).map(runtime);
}

/**
 * The node.exe to use.
 * @param {string} [which] '20', '22', '24', '26', 'ia32', 'arm64' or a path; the default is DOSVC_NODE, or
 *   the usual one
 */
export function windowsNodePath(which = process.env.DOSVC_NODE || usual()) {
  const name = folderOf(which);
  const file = name === undefined ? resolve(callersFolder(), which) : program(name, which);
  if (!existsSync(file)) {
    const known = Object.keys(folders).join(', ');
    throw new ToolError(`DOSVC_NODE=${which}: ${file} does not exist. Use ${known} or a path.`);
  }
  return file;
}
