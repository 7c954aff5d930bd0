// SPDX-License-Identifier: MIT
// @ts-check
// What commands do first: they set up the machine and bring the build up to date.

import { setUp, setUpCompilers, setUpPackages } from './setup.mjs';

/**
 * For what runs the build.
 * @param {import('./build.mjs').What} [what]
 * @param {string[]} [nodes] as setUp() takes them
 */
export async function prepare(what, nodes) {
  await setUp(nodes);
  await bring(what);
}

/** For what only reads the library's types. */
export async function prepareLibrary() {
  await setUpPackages();
  await bring('library');
}

/** For what only examines the library and the binaries: it needs no Windows to run them in. */
export async function prepareBinaries() {
  await setUpCompilers();
  await bring('binaries');
}

/** @param {import('./build.mjs').What} [what] */
async function bring(what) {
  // The build needs the npm packages, which the set-up has just installed.
  const { build } = await import('./build.mjs');
  await build(what);
}
