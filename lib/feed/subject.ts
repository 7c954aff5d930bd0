// SPDX-License-Identifier: MIT
//
// What a feed needs to know about what it watches: how to look at a job or a download, what counts as a
// change, and how to set a callback object.

import type { DosvcError } from '../errors.js';

/** An object that stands for the job or download. Several may stand for the same one. */
export interface Source {
  readonly open: boolean;
  /** The connection that, when closed, also ends the callback object made for this source. */
  readonly connection: { readonly pollInterval: number };
  /** How long, in milliseconds, to wait for a service that has stopped. */
  readonly patience: number;
  /** When the service last answered for the object, as a `performance.now()` time. */
  readonly answered: number;
  /** The number of calls made so far on the job or download, without looks and callback objects. */
  readonly calls: number;
  /** Throws if the object is closed. */
  checkOpen(operation: string): void;
  /** Calls back each time the object was re-fetched from a restarted service. */
  onRenewed(renewed: () => void): () => void;
  /** Calls back just before the object closes, while calls can still be made. */
  onClosing(closing: () => void): () => void;
}

/** Our callback object, as the service holds it. */
export interface Callback<From extends Source> {
  /** The connection that it ends with; undefined if it outlives every source. */
  readonly connection: object | undefined;
  /**
   * Sets it on the service, queued before any later call on the source. Resolves to the service's
   * refusals.
   *
   * @param wants The events that the service is to report, as flags.
   * @param renewed Whether the service was restarted and so has lost the callback object.
   */
  set(source: From, wants: number, renewed: boolean): Promise<readonly DosvcError[]>;
  /** Asks the service to report more events. Absent if the service reports everything. */
  widen?(source: From, wants: number): Promise<readonly DosvcError[]>;
  /** Withdraws it from the service. Absent if its end does that. */
  clear?(source: From): Promise<unknown>;
  /** Ignores the service's calls from now on. */
  mute(): void;
  /** Cuts the service off. */
  end(): void;
}

/**
 * What changed between two looks. `'regress'` means less progress in the same state, or a look that is
 * older than the one before.
 */
export type Change = 'none' | 'progress' | 'regress' | 'state';

export interface Subject<Look extends object, From extends Source> {
  /** Reads the job or download, as a background call. */
  look(source: From): Promise<Look>;
  change(before: Look, after: Look): Change;
  /** Adds to a look what a listener still needs from an earlier look that was not reported to it. */
  merge?(earlier: Look, look: Look): Look;
  /** Whether the looks that callbacks carry are read in order with all others, and so as reliable. */
  readonly inOrder?: boolean;
  /** Whether a look shows how the job or download ended before a start that is yet to be carried out. */
  isOutdated(look: Look): boolean;
  /** Whether nothing can change any more. */
  isFinal(look: Look): boolean;
  /** Creates a callback object; `called` receives the look that a call carries, if any. */
  callback(source: From, called: (look?: Look) => void): Callback<From>;
}
