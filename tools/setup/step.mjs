// SPDX-License-Identifier: MIT
// @ts-check
// A step of the set-up or the build: it makes a folder from inputs. The hash of the inputs is written
// into the folder last, so a step that was killed in the middle, or whose inputs changed, runs again.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './lock.mjs';

/**
 * @typedef {object} Step
 * @property {string} what the message for the user while it runs
 * @property {string} folder
 * @property {string[]} files the files whose contents it depends on
 * @property {() => string} [also] what else it depends on
 * @property {() => void | Promise<void>} make makes the folder, whatever state it is in
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
async function carryOut(step) {
  console.error(step.what);
  await step.make();
  writeFileSync(join(step.folder, stampName), hash(step));
}

/**
 * Carries out those of the steps that are not done, in order. Takes the lock only if there is one.
 * @param {Step[]} steps
 * @param {import('./lock.mjs').LockName} [lock]
 */
export async function carryOutAlone(steps, lock) {
  if (!steps.every(isDone)) await alone(() => carryOutAll(steps), lock);
}

/** Call with the lock held. @param {Step[]} steps */
export async function carryOutAll(steps) {
  for (const step of steps) if (!isDone(step)) await carryOut(step);
}
