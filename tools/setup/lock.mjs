// SPDX-License-Identifier: MIT
// @ts-check
// One set-up or build at a time in a clone: two commands started at once must not remove the
// folders under each other's feet.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../clone.mjs';

const lock = join(root, '.win', 'lock');

/** The process that holds the lock, or null where it has died or let go. */
function holder() {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM' ? 0 : null;
  }
}

/** Takes the lock by giving it its name: a folder, complete before it is seen. */
function take() {
  const mine = `${lock}-${String(process.pid)}`;
  mkdirSync(mine, { recursive: true });
  writeFileSync(join(mine, 'pid'), String(process.pid));
  try {
    renameSync(mine, lock);
    return true;
  } catch {
    rmSync(mine, { recursive: true, force: true });
    return false;
  }
}

/**
 * Runs the body while no other process runs one.
 * @template T
 * @param {() => T | Promise<T>} body
 * @returns {Promise<T>}
 */
export async function alone(body) {
  for (let told = false; !take();) {
    const pid = holder();
    if (pid === null) rmSync(lock, { recursive: true, force: true });
    else {
      if (!told)
        console.error(`Waiting for another set-up in this clone (process ${String(pid)}) …`);
      told = true;
      await sleep(200);
    }
  }
  try {
    return await body();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
