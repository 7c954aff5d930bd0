// SPDX-License-Identifier: MIT
// @ts-check
// What every command does first: the machine is set up and the build is up to date.

import { setUp } from './setup.mjs';
import { alone } from './setup/lock.mjs';

/** @param {{ all?: boolean }} [options] `all`: what the tests and the benchmark need, too */
export async function prepare(options) {
  await setUp();
  // The build needs the npm packages, which are there only now.
  const { build } = await import('./build.mjs');
  await alone(() => build(options));
}
