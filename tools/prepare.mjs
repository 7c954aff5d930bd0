// SPDX-License-Identifier: MIT
// @ts-check
// What every command does first: the machine is set up and the build is up to date.

import { setUp } from './setup.mjs';
import { alone } from './setup/lock.mjs';

/** @param {import('./build.mjs').More} [what] what is built besides the product */
export async function prepare(what) {
  await setUp();
  // The build needs the npm packages, which are there only now.
  const { build } = await import('./build.mjs');
  await alone(() => build(what));
}
