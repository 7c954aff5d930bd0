// SPDX-License-Identifier: MIT
//
// A call of download() on any routes: checks the arguments, and begins or shares the download.

import type { DetachedTransfer, TransferResult } from './options.js';
import { perform } from './perform.js';
import { checkRequest } from './request.js';
import { shared } from './sharing.js';
import type { Ways } from './ways.js';

/** Downloads by these routes. Never throws: bad arguments reject, too. */
export function downloadBy(
  ways: Ways,
  { url, file, options }: { url: unknown; file: unknown; options?: unknown },
  frames: string,
): Promise<TransferResult | DetachedTransfer> {
  try {
    return shared(checkRequest(url, file, options), (request) => perform(request, ways, frames));
  } catch (error) {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a TypeError or RangeError
    return Promise.reject(error);
  }
}
