// SPDX-License-Identifier: MIT
// @ts-check
// Allows one set-up or build at a time in a clone: two commands that run at once must not remove
// folders that the other one is using. The npm packages and the Windows SDK have locks of their own,
// so that what needs only these does not wait for the rest of a set-up.
//
// The lock is a folder with one file, whose name is unique and begins with the process of the holder.
// Folders are renamed onto the lock only while it is empty or absent, and only this one file is ever
// removed from it. So no process can remove the lock of the next holder, however late it notices that
// the previous one has ended.

import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../clone.mjs';

/** @typedef {'lock' | 'packages-lock' | 'sdk-lock'} LockName */

const patience = 2000;

/** @param {number} pid */
function hasEnded(pid) {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Any other failure means that the process belongs to another user.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/** The file of the holder, if there is one. @param {string} lock */
function holderIn(lock) {
  try {
    return readdirSync(lock)[0];
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock by renaming a folder to it, so that the lock is complete before others see it.
 * @param {string} lock
 * @param {string} file
 */
function take(lock, file) {
  const mine = `${lock}-${file}`;
  mkdirSync(mine, { recursive: true });
  writeFileSync(join(mine, file), '');
  try {
    renameSync(mine, lock);
    return true;
  } catch {
    rmSync(mine, { recursive: true, force: true });
    return false;
  }
}

/**
 * @param {string} lock
 * @param {string} [file] of a holder that has released it or ended
 */
function release(lock, file) {
  if (file !== undefined) rmSync(join(lock, file), { force: true });
  try {
    // Windows renames no folder onto another one, even if that is empty.
    rmdirSync(lock);
  } catch {
    // The next holder has taken it, or another process has removed it.
  }
}

/**
 * Runs the body while no other process runs one with the same lock.
 * @template T
 * @param {() => T | Promise<T>} body
 * @param {LockName} [name]
 * @returns {Promise<T>}
 */
export async function alone(body, name = 'lock') {
  const lock = join(root, '.win', name);
  const file = `${String(process.pid)}-${randomUUID()}`;
  const begin = performance.now();
  for (let told = false; !take(lock, file);) {
    const other = holderIn(lock);
    const pid = Number.parseInt(other ?? '', 10);
    if (Number.isNaN(pid) || hasEnded(pid)) {
      release(lock, other);
      continue;
    }
    if (!told && performance.now() - begin >= patience) {
      console.error(
        `Waiting for process ${String(pid)}, which is setting up or building this clone …`,
      );
      told = true;
    }
    await sleep(200);
  }
  try {
    return await body();
  } finally {
    release(lock, file);
  }
}
