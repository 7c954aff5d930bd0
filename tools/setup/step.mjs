// SPDX-License-Identifier: MIT
// @ts-check
// A step of the set-up: a folder, made from inputs. The hash of the inputs is written into the
// folder last, so that a step that was killed in the middle, or whose inputs changed, runs again.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Step
 * @property {string} what what the user is told while it runs
 * @property {string} folder
 * @property {string[]} files the files whose contents it depends on
 * @property {() => string} [also] what else it depends on
 * @property {() => void} make makes the folder, whatever state it is in
 */

const stampName = '.dosvc-stamp';

/** @param {Step} step */
function hash({ files, also }) {
  const sum = createHash('sha256');
  for (const file of files) {
    sum.update(existsSync(file) ? readFileSync(file) : '').update('\0');
  }
  return sum.update(also?.() ?? '').digest('hex');
}

/** @param {Step} step */
export function isDone(step) {
  const stamp = join(step.folder, stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash(step);
}

/** @param {Step} step */
export function carryOut(step) {
  console.error(step.what);
  step.make();
  writeFileSync(join(step.folder, stampName), hash(step));
}
