// SPDX-License-Identifier: MIT
// @ts-check
// The clone as the Windows Node sees it. npm installs packages for one system at a time, so the Windows
// Node has a folder with a separate node_modules. The rest of that folder is links. Wine shows them as
// plain files and folders, so Node looks for modules next to the links.

import { lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root, runtimes, tree } from '../clone.mjs';
import { npmCi } from './packages.mjs';

const notLinked = new Set(['.git', '.win', 'node_modules', 'dist.next']);
const builtLater = ['build', 'dist'];

/** What the tree links to: everything at the top of the clone, and what a build will put there. */
function linked() {
  const names = new Set([...readdirSync(root), ...builtLater]);
  return [...names].filter((name) => !notLinked.has(name)).sort();
}

/** @param {string} path */
function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** @param {string} name */
function link(name) {
  try {
    symlinkSync(join('..', '..', name), join(tree, name));
  } catch (error) {
    // Another process may have made the same link.
    if (!isLink(join(tree, name))) throw error;
  }
}

/**
 * Brings the links in line with the clone. Fast enough to run every time, and without the lock: another
 * process may be doing the same.
 */
export function linkTree() {
  mkdirSync(tree, { recursive: true });
  const wanted = linked();
  const stale = readdirSync(tree).filter(
    (name) => isLink(join(tree, name)) && !wanted.includes(name),
  );
  for (const name of stale) rmSync(join(tree, name), { force: true });
  for (const name of wanted) {
    if (!isLink(join(tree, name))) link(name);
  }
}

/**
 * Puts the binaries of npm packages for another architecture beside those for x64, where the packages
 * look for both.
 * @param {string} runtime the folder of tools/runtimes that lists them
 * @param {string[]} names
 */
export function linkBinaries(runtime, names) {
  for (const name of names) {
    const link = join(tree, 'node_modules', name);
    if (!isLink(link)) symlinkSync(join(runtimes, runtime, 'node_modules', name), link);
  }
}

/** @type {import('./step.mjs').Step} */
export const windowsPackages = {
  what: 'Installing the npm packages for Windows …',
  folder: join(tree, 'node_modules'),
  files: [join(root, 'package-lock.json'), join(root, '.npmrc')],
  make: async () => {
    linkTree();
    await npmCi(tree, ['--os=win32', '--cpu=x64']);
  },
};
