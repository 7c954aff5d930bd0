// SPDX-License-Identifier: MIT
//
// The error of a download that no route could finish: every attempt, and the code of the one that came
// furthest.

import { DosvcError, type DosvcErrorOptions } from '../errors.js';
import type { RouteName } from './route.js';

/** One attempt that did not fetch the file: one route, one address. */
export interface TransferAttempt {
  /** The route that was tried, or skipped. */
  route: RouteName;
  /** Without user information, query and fragment. */
  address: string;
  /** Why it ended, or why it was not made at all. */
  error: DosvcError;
  /** How long it took, in milliseconds. */
  elapsed: number;
}

/** What a {@link TransferError} has besides its message. */
export interface TransferErrorOptions extends DosvcErrorOptions {
  /** Every attempt, in order; none by default. */
  attempts?: readonly TransferAttempt[] | undefined;
  /** Whether another way would have met the same; false by default. */
  final?: boolean | undefined;
}

/**
 * The error of a download that failed on its routes. Its code and its `cause` are those of the attempt
 * that came furthest: one that the server answered with an HTTP status came further than one that did
 * not connect, which came further than one whose service did not run.
 */
export class TransferError extends DosvcError {
  /** The name of the class, as in `Error`. */
  override readonly name = 'TransferError';
  /** Every attempt, in order. */
  readonly attempts: readonly TransferAttempt[];
  /**
   * Whether another way would have met the same, or is not wanted: a full disk, a policy, a hold that
   * `onHold` or `cost` makes final, a refusal that `fetch` met, too, or the end of `timeout`. Otherwise,
   * every route was tried, and a way of your own may be the next.
   */
  readonly final: boolean;

  constructor(message: string, options: TransferErrorOptions) {
    super(message, options);
    this.attempts = options.attempts ?? [];
    this.final = options.final ?? false;
  }
}

/**
 * The error of a download, with the code of the error that decided how it ended.
 *
 * @param final Whether no other way could help.
 */
export function transferError(
  decisive: DosvcError,
  attempts: readonly TransferAttempt[],
  final: boolean,
): TransferError {
  const others = attempts.filter(({ error }) => error !== decisive);
  const list = others.map(({ route, address, error }) => `${route}: ${error.code} (${address})`);
  const also = list.length === 0 ? '' : ` Other attempts: ${list.join('; ')}.`;
  const { code, names, hresult, operation, retryable, mayHaveRun, blame, transient } = decisive;
  return new TransferError(`The file was not downloaded. ${decisive.message}${also}`, {
    ...{ code, names, hresult, operation, retryable, mayHaveRun, blame, transient },
    // What a timeout or a stall was caused by says more than the timeout itself.
    cause: isLimit(code) ? decisive.cause : decisive,
    attempts: [...attempts],
    final,
  });
}

function isLimit(code: string): boolean {
  return code === 'ERR_DOSVC_TIMEOUT' || code === 'ERR_DOSVC_STALLED';
}
