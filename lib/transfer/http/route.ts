// SPDX-License-Identifier: MIT
//
// The route of download() that needs no service.

import type { Route } from '../route.js';
import { HttpTransfer } from './transfer.js';

/**
 * Fetches by `settings.fetch`, in this process, on every operating system. It writes to the order's file,
 * and remembers what it needs to continue it in a file beside it, whose name ends in `.meta` instead.
 *
 * A transfer repeats a request that fails for now, and reports that it waits for a retry; after five
 * requests that brought nothing new, it fails.
 */
export const http: Route = {
  name: 'http',
  prepare: (order) => HttpTransfer.prepare(order),
};
