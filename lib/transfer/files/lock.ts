// SPDX-License-Identifier: MIT
//
// A lock that one process has at a time, whatever its owner's end: a file beside the target. On Windows,
// it is a handle that shares nothing; elsewhere, the file says which process has it.

import { open, stat } from 'node:fs/promises';
import { DosvcError } from '../../errors.js';
import { fileError } from './file-error.js';
import { hasOwner, lockByOwner } from './lock-by-owner.js';

/** A lock that is held. */
export interface Lock {
  /** Gives it up, and deletes the file. Does nothing if called again. */
  release(): Promise<void>;
}

const windows = process.platform === 'win32';

/**
 * Takes a lock. Rejects with `ERR_DOSVC_BUSY` if a process that lives has it, and with the error of the
 * file if the folder cannot be written to.
 */
export async function lock(path: string): Promise<Lock> {
  const release = await (windows ? lockByHandle(path) : lockByOwner(path)).catch(
    (error: unknown) => {
      throw fileError(`The file ${path} cannot be created.`, error);
    },
  );
  if (release !== null) return { release };
  throw new DosvcError(
    `Another download() to this file is running, and it holds ${path}. Wait for it to end.`,
    { code: 'ERR_DOSVC_BUSY', retryable: true },
  );
}

/** Whether a process that lives has the lock. */
export async function isLocked(path: string): Promise<boolean> {
  if (!windows) return hasOwner(path);
  // To open it for a look would keep others from it.
  const there = await stat(path).catch(() => null);
  if (there === null) return false;
  const handle = await open(path).catch((error: unknown) => error as NodeJS.ErrnoException);
  if (handle instanceof Error) return handle.code !== 'ENOENT';
  await handle.close();
  return false;
}

// Node passes these on to libuv, which has no name for them in `fs.constants`: the handle shares nothing,
// and Windows deletes the file as the handle closes, also at the end of the process.
// See UV_FS_O_* in https://github.com/libuv/libuv/blob/v1.x/include/uv/win.h
const readWrite = 0x2;
const temporary = 0x40;
const create = 0x100;
const exclusive = 0x1000_0000;

// While Windows deletes the file of an owner that ended, it denies access; a moment later, no more.
const tries = 5;
const pause = 50;

async function lockByHandle(path: string): Promise<(() => Promise<void>) | null> {
  for (let left = tries; ; left -= 1) {
    try {
      const handle = await open(path, readWrite | create | temporary | exclusive);
      return () => handle.close();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EBUSY') return null;
      if (code !== 'EPERM' || left === 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
