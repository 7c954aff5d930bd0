// SPDX-License-Identifier: MIT
//
// A lock as a file that says which process has it. A file whose process has ended locks nothing.

import { open, readFile, rename, unlink } from 'node:fs/promises';
import { crypto } from '../../crypto.js';
import { isAlive, startOf } from './process-life.js';

interface Owner {
  pid: number;
  /** Tells the process from a later one with the same number. */
  started: string;
}

// How long one process waits for others to look at the lock, in milliseconds. They take a moment each.
const longestTurn = 5000;
const pause = 10;

/** Takes the lock, and returns what gives it up; null if a process that lives has it. */
export async function lockByOwner(path: string): Promise<(() => Promise<void>) | null> {
  const { pid } = process;
  const mine = JSON.stringify({ pid, started: await startOf(pid), id: crypto().randomUUID() });
  // One process at a time decides, and the lock appears at once and whole, also in the place of one whose
  // owner has ended. The candidate's name is no longer than that of the lock.
  const candidate = `${path.slice(0, -1)}~`;
  if (!(await takeTurn(candidate, mine))) return null;
  try {
    if (await hasOwner(path)) {
      await unlink(candidate);
      return null;
    }
    await rename(candidate, path);
  } catch (error) {
    await unlink(candidate).catch(() => undefined);
    throw error;
  }
  const isMine = async () => (await textOf(path)) === mine;
  if (!(await isMine())) return null;
  return async () => {
    if (await isMine()) await unlink(path);
  };
}

/** Whether a process that lives has the lock. */
export async function hasOwner(path: string): Promise<boolean> {
  return lives(parsed(await textOf(path)));
}

/** Creates the candidate, as soon as no other process has it; false if one keeps it. */
async function takeTurn(candidate: string, text: string): Promise<boolean> {
  let empty = 0;
  for (let waited = 0; waited < longestTurn; waited += pause) {
    const handle = await open(candidate, 'wx').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
      throw error;
    });
    if (handle !== null) {
      try {
        await handle.writeFile(text);
      } finally {
        await handle.close();
      }
      return true;
    }
    const found = await textOf(candidate);
    const owner = parsed(found);
    empty = found !== null && owner === null ? empty + pause : 0;
    // Left by a process that ended there, perhaps before it could say which one it was.
    const left = owner === null ? empty > longestTurn / 5 : !(await lives(owner));
    if (left) await unlink(candidate).catch(() => undefined);
    else await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return false;
}

async function lives(owner: Owner | null): Promise<boolean> {
  return owner !== null && (await isAlive(owner.pid, owner.started));
}

function parsed(text: string | null): Owner | null {
  try {
    const { pid, started } = JSON.parse(text ?? '') as Partial<Owner>;
    if (typeof pid !== 'number' || !(pid > 0) || typeof started !== 'string') return null;
    return { pid, started };
  } catch {
    return null;
  }
}

/** The text of a file; null if there is none. */
async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
}
