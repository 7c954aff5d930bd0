// SPDX-License-Identifier: MIT
//
// What the routes of download() have in common: each fetches one address into one file under a temporary
// name, and says how far it is. What the caller asked for beyond that, such as mirrors, hash, stalls and
// the final name, is decided above them.

import type { DosvcError } from '../errors.js';

/** The ways in which `download()` can fetch a file, in the order in which it tries them. */
export const routeNames = ['delivery-optimization', 'bits', 'http'] as const;

/** A way in which `download()` fetches a file: a service, or `fetch`. */
export type RouteName = (typeof routeNames)[number];

/** Why a transfer does not progress now. */
export type WaitingFor =
  | 'cost'
  | 'cellular'
  | 'network'
  | 'power'
  | 'vpn'
  | 'policy'
  /** It failed for now, and is tried again after a delay. */
  | 'retry';

/** How the caller wants a file to be fetched, as far as it concerns a route. */
export interface RouteSettings {
  readonly priority: 'foreground' | 'background';
  /** A name of DownloadCostPolicy; undefined leaves it to the service. */
  readonly cost: string | undefined;
  /** In milliseconds; undefined leaves it to the service. */
  readonly retryDelay: number | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly fetch: typeof globalThis.fetch;
}

/** One attempt: one address, one file. */
export interface Order {
  /** Without its fragment, otherwise byte for byte as the caller gave it. */
  readonly address: string;
  /** The file that the route writes, absolute. What an earlier transfer left there is taken up or replaced. */
  readonly file: string;
  /** Names the transfer to the service, so that a later process finds it. */
  readonly tag: string;
  /** The caller's key; undefined without one. It stands in the transfer's description, for cleanUp(). */
  readonly key: string | undefined;
  /** Whether a transfer under `tag` from another address has the same content: same key and same hash. */
  readonly sameContent: boolean;
  /** The size that the caller gave, or that a server declared; null if nobody knows. */
  readonly size: number | null;
  readonly settings: RouteSettings;
  /** Aborts what is under way; the caller then stops what was prepared. */
  readonly signal: AbortSignal;
  report(progress: RouteProgress): void;
}

/** How far a transfer is. */
export interface RouteProgress {
  /** Bytes of the file that are there; fewer than before only if the route had to begin anew. */
  bytesTransferred: number;
  bytesTotal: number | null;
  waitingFor: WaitingFor | null;
  /** The error behind `waitingFor`. */
  trouble: DosvcError | null;
}

/** A file that a route fetched whole, as far as the route can tell. */
export interface Fetched {
  bytes: number;
  /** The length that the server declared; null if it declared none. */
  declared: number | null;
}

/** A transfer that was created or taken up, and does not run yet. */
export interface Transfer {
  /** The id of the job or the download; null on `http`. */
  readonly id: string | null;
  /** Whether an earlier process began it. */
  readonly takenUp: boolean;
  /**
   * Runs it until the file is whole under its temporary name. Rejects with `DO_E_NO_DOWNLOADS` if it ended
   * with the service's process: `prepare()` then begins it anew.
   */
  run(): Promise<Fetched>;
  /** Starts it and lets it go: the service continues. Only services can. */
  detach(): Promise<void>;
  /** Reads how far it is from the source itself and reports it, before a stall is declared. */
  look(): Promise<void>;
  /**
   * Stops it; `run()` then rejects. Afterwards either nothing of it remains, neither a file nor a transfer
   * in the service, or it is paused and a later process takes it up.
   */
  stop(how: 'discard' | 'keep'): Promise<void>;
}

export interface Route {
  readonly name: RouteName;
  /** Creates the transfer, or takes up what `order.tag` names. Fetches nothing. */
  prepare(order: Order): Promise<Transfer>;
}
