// SPDX-License-Identifier: MIT
//
// Ends what downloads left, in the services or in a folder, and nobody took up.

import { checkInteger, checkOptions, checkSignal, checkString } from '../arguments.js';
import { discard } from './discard.js';
import { lock, type Lock } from './files/lock.js';
import { DosvcError } from '../errors.js';
import { stagesOf } from './files/names.js';
import { readWay } from './files/way.js';
import { checkAbsolute } from './files/within.js';
import type { RouteName } from './route.js';
import { leftParts } from './http/left-parts.js';
import type { LeftTransfer } from './left-transfer.js';
import { leftTransfers } from './services/left.js';
import { untilAborted } from './until-aborted.js';

/** Options of {@link cleanUp}. */
export interface CleanUpOptions {
  /** How the keys of the transfers begin; by default `''`, with which all begin, also those without a key. */
  prefix?: string | undefined;
  /** How long ago they began or were last taken up, in milliseconds; 7 days by default. */
  olderThan?: number | undefined;
  /**
   * A folder in which to look for what the route `'http'` left, an absolute path; not in its subfolders. No
   * service lists that, so by default it is not looked for. A part's age counts from its last byte. Without
   * a `prefix`, the parts of every application are meant.
   */
  folder?: string | undefined;
  /** Stops after the transfer that is being ended, and leaves the others for the next time. */
  signal?: AbortSignal | undefined;
}

/** A transfer that {@link cleanUp} ended. */
export interface CleanedUp {
  /** The route that had it. */
  route: RouteName;
  /** The caller's key; null if it had none. */
  key: string | null;
  /** The temporary file, which was deleted. */
  file: string;
}

const sevenDays = 7 * 24 * 60 * 60 * 1000;
const longestKey = 200;

/**
 * Ends the transfers that downloads left in the services, because their process ended, or because they
 * were detached or kept, and that nobody took up for a while. Deletes their temporary files. A transfer
 * that a download is fetching now is left alone.
 *
 * Rejects with a TypeError or RangeError for an invalid option, with an AbortError, and with the first
 * error of a transfer that cannot be ended, after all others. On other systems than Windows, there are no
 * services, and only a `folder` has something.
 *
 * @returns What was ended.
 */
export async function cleanUp(options?: CleanUpOptions): Promise<CleanedUp[]> {
  return cleanUpOf(everything, options);
}

async function* everything(folder: string | undefined): AsyncGenerator<LeftTransfer> {
  yield* leftTransfers();
  if (folder !== undefined) yield* leftParts(folder);
}

/** Does so with these transfers. */
export async function cleanUpOf(
  left: (folder: string | undefined) => AsyncIterator<LeftTransfer>,
  options: CleanUpOptions | undefined,
): Promise<CleanedUp[]> {
  const given = checkOptions('options', options, ['prefix', 'olderThan', 'folder', 'signal']);
  const prefix = checkString('options.prefix', given.prefix ?? '', longestKey, 0);
  const most = Number.MAX_SAFE_INTEGER;
  const age = checkInteger('options.olderThan', given.olderThan ?? sevenDays, 0, most);
  const folder =
    given.folder === undefined ? undefined : checkAbsolute('options.folder', given.folder);
  checkSignal('options.signal', given.signal);
  const ended: CleanedUp[] = [];
  const errors: unknown[] = [];
  try {
    for await (const transfer of untilAborted(left(folder), given.signal)) {
      const { route, key, file, created } = transfer;
      if (!key.startsWith(prefix) || Date.now() - created.getTime() < age) continue;
      try {
        if (await endUnlocked(transfer)) ended.push({ route, key: key === '' ? null : key, file });
      } catch (error) {
        errors.push(error);
      }
    }
  } catch (error) {
    if (given.signal?.aborted === true) throw error;
    // The folder cannot be read.
    errors.push(error);
  }
  if (errors.length > 0) throw errors[0];
  return ended;
}

// While it ends, nobody takes it up.
async function endUnlocked(transfer: LeftTransfer): Promise<boolean> {
  const { lock: path, way, otherService } = stagesOf(transfer.file);
  const held = await unlessBusy(lock(path));
  if (held === 'busy') return false;
  try {
    await transfer.end();
    // What else is beside the target may be of a younger transfer.
    const left = await readWay(way);
    const isOther = transfer.file.toLowerCase() === otherService.toLowerCase();
    if (left?.route === transfer.route && left.other === isOther) await discard(way);
  } finally {
    await held?.release();
  }
  return true;
}

// Without the folder, or without rights to it, there is no lock, and nobody downloads to it.
async function unlessBusy(locking: Promise<Lock>): Promise<Lock | 'busy' | undefined> {
  try {
    return await locking;
  } catch (error) {
    return error instanceof DosvcError && error.code === 'ERR_DOSVC_BUSY' ? 'busy' : undefined;
  }
}
