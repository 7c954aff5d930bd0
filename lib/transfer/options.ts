// SPDX-License-Identifier: MIT
//
// What a caller of download() says and hears: the options, the progress and the result.

import type { DownloadCostPolicy } from '../generated/enums.js';
import type { FileHash } from './files/hash.js';
import type { RouteName, WaitingFor } from './route.js';
import type { TransferAttempt } from './transfer-error.js';

/** What `onStart` of {@link TransferOptions} is told. */
export interface TransferStart {
  /** The route that begins. */
  route: RouteName;
  /** The id of the job on BITS, or of the download on Delivery Optimization; null on `http`. */
  id: string | null;
}

/** How far a download is. */
export interface TransferProgress {
  /** The route that transfers. */
  route: RouteName;
  /** Never fewer than before, unless `route` changed. */
  bytesTransferred: number;
  /** The size of the file; null while it is unknown. */
  bytesTotal: number | null;
  /** Of the last few seconds. */
  bytesPerSecond: number;
  /** How long the rest takes at this speed; null if that cannot be told. */
  secondsLeft: number | null;
  /** Why the transfer does not progress now; null if it does. */
  waitingFor: WaitingFor | null;
}

/** Options of {@link download}. */
export interface TransferOptions {
  /**
   * The routes to try, in this order; by default all: `['delivery-optimization', 'bits', 'http']`. Only
   * `http` works on other systems than Windows. The result's `attempts` say why a route failed or was skipped.
   */
  routes?: readonly RouteName[] | undefined;
  /** With `'background'`, the service decides when to transfer. `'foreground'` by default. */
  priority?: 'foreground' | 'background' | undefined;
  /**
   * Which networks the services may use. By default, they decide. If it is given, `http`, which would
   * use any network, is not taken because a service holds the transfer.
   */
  cost?: DownloadCostPolicy | undefined;
  /**
   * What happens when a service holds the transfer, because of the network's cost, a cellular network,
   * a VPN, power, or because there is no network: `'wait'` for the service, take the `'next'` route after
   * `holdTimeout`, or `'fail'` then with the code of the hold. By default `'next'` in the foreground
   * without `cost`, otherwise `'wait'`.
   */
  onHold?: 'wait' | 'next' | 'fail' | undefined;
  /** How long one hold may last, in milliseconds; 30,000 by default. Not used with `onHold: 'wait'`. */
  holdTimeout?: number | undefined;
  /**
   * The longest time without a new byte, in milliseconds, before a route counts as stalled: 120,000 by
   * default in the foreground, and `false`, without limit, in the background. Only time in which this
   * process runs counts; holds, checks and the move do not.
   */
  stallTimeout?: number | false | undefined;
  /**
   * The longest time for everything, in milliseconds, including the clean-up. The download then rejects
   * with `ERR_DOSVC_TIMEOUT`, and nothing remains but a checked file that another program keeps from its
   * name. No limit by default.
   */
  timeout?: number | undefined;
  /**
   * How long BITS waits before it tries again after an error, in milliseconds, at least 5,000. By
   * default 5,000 in the foreground, and what BITS itself sets, 600,000, in the background.
   */
  retryDelay?: number | undefined;
  /** The hash that the file must have. Required with several addresses. */
  hash?: FileHash | undefined;
  /** The size that the file must have, in bytes. */
  size?: number | undefined;
  /**
   * Checks the whole file while it still has a temporary name, for example its signature. What it throws
   * rejects the download, and the file is deleted; so does `false`, for want of an error that says why.
   */
  verify?: ((file: string, context: { signal: AbortSignal }) => void | Promise<void>) | undefined;
  /**
   * Headers to send with the requests. They never reach another origin than that of the address, and
   * never stand in an error.
   */
  headers?: Readonly<Record<string, string>> | Headers | undefined;
  /** The `fetch` of the route `http`; `globalThis.fetch` by default. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * Names the application and the purpose, 1 to 200 characters, such as `'com.contoso.app/update'`. A
   * download takes up what an earlier process began with the same key: from the same address, or with
   * the same `hash`. Without a key, one to the same file from the same address is taken up.
   */
  key?: string | undefined;
  /**
   * Resolves as soon as the service has started, and leaves it to the service. The same call takes the
   * transfer up later, checks the file and gives it its name. `http` cannot do this. `false` by default.
   */
  detach?: boolean | undefined;
  /** A folder in which the file must lie, after links and `..` are resolved. */
  within?: string | undefined;
  /** Creates the file's folder if it is missing. `false` by default. */
  makeFolder?: boolean | undefined;
  /** Marks the file as downloaded from the internet before it gets its name. `false` by default. */
  markOfTheWeb?: boolean | undefined;
  /**
   * Stops the download and removes all of it; with the reason {@link KEEP}, pauses it for a later
   * download to take it up. Either way, the download rejects with an AbortError.
   */
  signal?: AbortSignal | undefined;
  /** Called before the first byte of each route, which waits for it. What it throws rejects the download. */
  onStart?: ((start: TransferStart) => void | Promise<void>) | undefined;
  /**
   * Called with each attempt that failed, or was not made at all, as soon as that is known: `attempts` has
   * them all in the end. What it throws rejects the download.
   */
  onFailedAttempt?: ((attempt: TransferAttempt) => void) | undefined;
  /** Called at most once a second, and once at the end. What it throws rejects the download. */
  onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** What was checked of a file: its hash, the size that was given, or the length that the server declared. */
export type Verified = 'sha512' | 'sha256' | 'size' | 'length' | false;

/** A file that is there, whole and checked. */
export interface TransferResult {
  /** How it was fetched; `'none'` if nothing had to be, because it was there. */
  route: RouteName | 'none';
  /** The id of the job or the download; null on `http` and without a route. */
  id: string | null;
  /** The size of the file. */
  bytes: number;
  /** The absolute path of the file. */
  file: string;
  /** What was checked; false if there was nothing to compare with. */
  verified: Verified;
  /** How long it took, in milliseconds. */
  elapsed: number;
  /** The attempts that failed before, in order. */
  attempts: readonly TransferAttempt[];
}

/** A transfer that was left to a service. */
export interface DetachedTransfer {
  /** The caller's key; null without one. */
  key: string | null;
  /** The service's route. */
  route: RouteName;
  /** The id of the job or the download. */
  id: string | null;
}
