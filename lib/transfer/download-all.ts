// SPDX-License-Identifier: MIT
//
// Many downloads, a few at a time, with one progress for all of them.

import { checkInteger, checkObject, checkOptions, fault } from '../arguments.js';
import { framesBelow } from '../caller.js';
import { allWays } from './all-ways.js';
import { Ending } from './ending.js';
import type { TransferOptions, TransferProgress, TransferResult } from './options.js';
import { Pace } from './pace.js';
import { perform } from './perform.js';
import { checkAddresses, checkFile, checkSettings, optionNames, type Request } from './request.js';
import { shared } from './sharing.js';
import { Total, type AllProgress } from './total.js';

/** A file for {@link downloadAll}. Its options take precedence over those for all files. */
export interface TransferItem extends Omit<TransferOptions, 'detach' | 'signal'> {
  /** The address, or a list of addresses of the same content, with a `hash`. */
  url: string | URL | readonly (string | URL)[];
  /** The absolute path of the target file. */
  file: string;
}

/** Options of {@link downloadAll}: those for each file, and these. */
export interface DownloadAllOptions extends Omit<
  TransferOptions,
  'detach' | 'hash' | 'size' | 'onProgress'
> {
  /** How many downloads run at the same time, 1 to 100; 4 by default. */
  concurrency?: number | undefined;
  /**
   * Called at most once a second, and once at the end. What it throws ends all downloads and rejects. An
   * item's own `onProgress` hears of that item alone.
   */
  onProgress?: ((progress: AllProgress) => void) | undefined;
}

const forOneOnly: readonly string[] = ['detach', 'hash', 'size'];
const forAllOnly: readonly string[] = ['detach', 'signal'];
const allNames = optionNames.filter((name) => !forOneOnly.includes(name));
const itemNames = optionNames.filter((name) => !forAllOnly.includes(name));
const mostAtATime = 100;

/**
 * Downloads many files, a few at the same time, and settles as `Promise.allSettled()` does: with a result
 * for each item, in order.
 *
 * Rejects only with a TypeError or RangeError for an invalid argument, before anything is fetched, and
 * with what `onProgress` threw, after all downloads have ended. An aborted `signal` ends all downloads,
 * each of which then has an AbortError.
 */
export function downloadAll(
  items: readonly TransferItem[],
  options?: DownloadAllOptions,
): Promise<PromiseSettledResult<TransferResult>[]> {
  const frames = framesBelow(downloadAll);
  const get = (request: Request) =>
    shared(request, () => perform(request, allWays, frames)) as Promise<TransferResult>;
  return downloadEach(items, options, get);
}

/** Checks everything first, and then downloads each item by a function. */
export async function downloadEach(
  items: unknown,
  options: unknown,
  get: (request: Request) => Promise<TransferResult>,
): Promise<PromiseSettledResult<TransferResult>[]> {
  const given = checkOptions<DownloadAllOptions>('options', options as DownloadAllOptions, [
    ...(allNames as (keyof DownloadAllOptions)[]),
    'concurrency',
  ]);
  const { concurrency = 4, onProgress, ...common } = given;
  const most = checkInteger('options.concurrency', concurrency, 1, mostAtATime);
  const { signal } = checkSettings('options', { ...common, onProgress });
  const requests = checkItems(items, common);
  const ending = new Ending(signal, undefined, () => new Error());
  try {
    return await inTurn(requests, most, { ending, onProgress, get });
  } finally {
    ending.over();
  }
}

function checkItems(items: unknown, common: object): Request[] {
  if (!Array.isArray(items)) {
    throw fault('ERR_INVALID_ARG_TYPE', 'items', 'an array of { url, file }', items, true);
  }
  return items.map((item: unknown, at) => {
    const name = `items[${String(at)}]`;
    const object = checkObject<TransferItem>(name, item, 'an object { url, file }');
    const given = checkOptions<TransferItem>(name, object as TransferItem, [
      ...(itemNames as (keyof TransferItem)[]),
      'url',
      'file',
    ]);
    const { url, file, ...own } = given;
    const set = Object.entries(own).filter(([, value]) => value !== undefined);
    const settings = checkSettings(name, { ...common, ...Object.fromEntries(set) });
    const addresses = checkAddresses(`${name}.url`, url, settings);
    return { ...settings, addresses, file: checkFile(`${name}.file`, file) };
  });
}

async function inTurn(
  requests: readonly Request[],
  most: number,
  course: {
    ending: Ending;
    onProgress: DownloadAllOptions['onProgress'];
    get: (request: Request) => Promise<TransferResult>;
  },
): Promise<PromiseSettledResult<TransferResult>[]> {
  const { ending, onProgress, get } = course;
  const total = new Total(requests.map(({ size }) => size));
  const tell = () => {
    ending.tell(onProgress, total.progress);
  };
  const pace = new Pace(tell);
  const results: PromiseSettledResult<TransferResult>[] = [];
  const one = async (request: Request, at: number): Promise<void> => {
    const hear = (progress: TransferProgress) => {
      total.report(at, progress.bytesTransferred, progress.bytesTotal);
      pace.ask();
      return request.onProgress?.(progress);
    };
    const all = { ...request, signal: ending.signal, onProgress: hear };
    const [result] = await Promise.allSettled([get(all)]);
    results[at] = result;
    total.end(at, result.status === 'fulfilled' ? result.value.bytes : undefined);
    pace.ask();
  };
  const queue = requests.entries();
  const worker = async () => {
    for (const [at, request] of queue) await one(request, at);
  };
  await Promise.all(Array.from({ length: most }, worker));
  pace.stop();
  if (!ending.isCallers) tell();
  if (ending.isCallers) throw ending.error;
  return results;
}
