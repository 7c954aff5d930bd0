// SPDX-License-Identifier: MIT
//
// Ends what downloads left in the services and nobody took up.

import { checkInteger, checkOptions, checkSignal, checkString } from '../arguments.js';
import { discard } from './discard.js';
import { lock, type Lock } from './files/lock.js';
import { DosvcError } from '../errors.js';
import { stagesOf } from './files/names.js';
import type { RouteName } from './route.js';
import { leftTransfers, type LeftTransfer } from './services/left.js';
import { untilAborted } from './until-aborted.js';

/** Options of {@link cleanUp}. */
export interface CleanUpOptions {
  /** How the keys of the transfers begin; by default `''`, with which all begin, also those without a key. */
  prefix?: string | undefined;
  /** How long ago they began or were last taken up, in milliseconds; 7 days by default. */
  olderThan?: number | undefined;
  /** Stops after the transfer that is being ended, and leaves the others for the next time. */
  signal?: AbortSignal | undefined;
}

/** A transfer that {@link cleanUp} ended. */
export interface CleanedUp {
  /** The route of the service that had it. */
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
 * error of a transfer that cannot be ended, after all others. Other systems than Windows have no such
 * transfers.
 *
 * @returns What was ended.
 */
export async function cleanUp(options?: CleanUpOptions): Promise<CleanedUp[]> {
  return cleanUpOf(leftTransfers, options);
}

/** Does so with these transfers. */
export async function cleanUpOf(
  left: () => AsyncIterator<LeftTransfer>,
  options: CleanUpOptions | undefined,
): Promise<CleanedUp[]> {
  const given = checkOptions('options', options, ['prefix', 'olderThan', 'signal']);
  const prefix = checkString('options.prefix', given.prefix ?? '', longestKey, 0);
  const most = Number.MAX_SAFE_INTEGER;
  const age = checkInteger('options.olderThan', given.olderThan ?? sevenDays, 0, most);
  checkSignal('options.signal', given.signal);
  const ended: CleanedUp[] = [];
  const errors: unknown[] = [];
  for await (const transfer of untilAborted(left(), given.signal)) {
    const { route, key, file, created } = transfer;
    if (!key.startsWith(prefix) || Date.now() - created.getTime() < age) continue;
    try {
      if (await endUnlocked(transfer)) ended.push({ route, key: key === '' ? null : key, file });
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return ended;
}

// While it ends, nobody takes it up.
async function endUnlocked(transfer: LeftTransfer): Promise<boolean> {
  const { lock: path, ...files } = stagesOf(transfer.file);
  const held = await unlessBusy(lock(path));
  if (held === 'busy') return false;
  try {
    await transfer.end();
    for (const file of Object.values(files)) await discard(file).catch(() => undefined);
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
