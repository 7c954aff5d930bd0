// SPDX-License-Identifier: MIT
//
// The one call: an address, a file, and nothing else to do.

import { framesBelow } from '../caller.js';
import { allWays } from './all-ways.js';
import { downloadBy } from './call.js';
import type { DetachedTransfer, TransferOptions, TransferResult } from './options.js';

/**
 * Downloads a file: through Delivery Optimization, or through BITS if that cannot, or else with `fetch`,
 * which is the only route on other systems than Windows. The file appears under its name when it is
 * whole, and has the hash and the size that the options give; until then, what stood there stays. If a
 * file with the right hash is there already, nothing is fetched.
 *
 * A download keeps the process alive. Another call for the same file with the same options shares the
 * promise; a later process takes up what an earlier one began.
 *
 * Rejects with a TypeError or RangeError for an invalid argument; with a {@link TransferError} if no
 * route could fetch the file, and with `ERR_DOSVC_TIMEOUT` as its code after `timeout`; with
 * `ERR_DOSVC_BUSY` if another download of the same file runs with other options or in another process;
 * with an AbortError; with what a function among the options threw; or with the error of the target,
 * such as `ERROR_DISK_FULL`.
 *
 * @param url The address, or a list of addresses of the same content, with a `hash`.
 * @param file The absolute path of the target file.
 * @example
 * const { route, bytes } = await download(url, 'C:\\Contoso\\update.msix', { hash: { sha512 } });
 */
export function download(
  url: string | URL | readonly (string | URL)[],
  file: string,
  options: TransferOptions & { detach: true },
): Promise<TransferResult | DetachedTransfer>;
export function download(
  url: string | URL | readonly (string | URL)[],
  file: string,
  options?: TransferOptions & { detach?: false | undefined },
): Promise<TransferResult>;
export function download(
  url: string | URL | readonly (string | URL)[],
  file: string,
  options?: TransferOptions,
): Promise<TransferResult | DetachedTransfer>;
export function download(
  url: string | URL | readonly (string | URL)[],
  file: string,
  options?: TransferOptions,
): Promise<TransferResult | DetachedTransfer> {
  return downloadBy(allWays, { url, file, options }, framesBelow(download));
}
