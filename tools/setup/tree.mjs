// SPDX-License-Identifier: MIT
// @ts-check
// The clone as Windows sees it. npm installs the packages of one system at a time, so Windows gets
// a folder with a node_modules of its own; the rest of it are links, which Wine shows as plain
// files and folders, so that modules are looked for beside the links.

import { lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root, tree } from '../clone.mjs';
import { npmCi } from './packages.mjs';

const notLinked = new Set(['.git', '.win', 'node_modules']);
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

/** Makes the links agree with the clone. Quick enough to be done each time. */
export function linkTree() {
  mkdirSync(tree, { recursive: true });
  const wanted = linked();
  const stale = readdirSync(tree).filter(
    (name) => isLink(join(tree, name)) && !wanted.includes(name),
  );
  for (const name of stale) rmSync(join(tree, name));
  for (const name of wanted) {
    if (!isLink(join(tree, name))) symlinkSync(join('..', '..', name), join(tree, name));
  }
}

/** @type {import('./step.mjs').Step} */
export const windowsPackages = {
  what: 'Installing the npm packages for Windows …',
  folder: join(tree, 'node_modules'),
  files: [join(root, 'package-lock.json'), join(root, '.npmrc')],
  make: () => {
    linkTree();
    npmCi(tree, ['--os=win32', '--cpu=x64']);
  },
};
