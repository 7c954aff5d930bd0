// SPDX-License-Identifier: MIT
//
// Why one request did not bring the whole file, and what follows from it.

import { describe, infoOf } from '../../codes.js';
import { DosvcError } from '../../errors.js';

const CONNECTION_ERROR = 0x80072efe; // ERROR_WINHTTP_CONNECTION_ERROR
const INVALID_SERVER_RESPONSE = 0x80072f78; // ERROR_WINHTTP_INVALID_SERVER_RESPONSE

/** What went wrong with one request. */
export interface Setback {
  error: DosvcError;
  /** Whether the same request may succeed later. */
  again: boolean;
  /** After how many requests in vain it is final; by default, a few. */
  tries?: number;
  /** Whether what is there of the file is of no use any more. */
  anew?: boolean;
  /** In how many milliseconds, at the earliest, the server wants to be asked again. */
  after?: number;
}

/** A request that failed. Throws an error that is not one of the transfer. */
export function failure(error: unknown): Setback {
  if (!(error instanceof DosvcError)) throw error;
  const { hresult = 0, httpStatus } = error;
  const again = httpStatus === undefined ? infoOf(hresult).retryHelps : isPassing(httpStatus);
  return { error, again };
}

/** A response that the server should not have given. */
export function invalid(meaning: string, more: Partial<Setback> = {}): Setback {
  return { error: errorOf(INVALID_SERVER_RESPONSE, meaning), again: true, ...more };
}

/** A response that ended too early. */
export function cut(): Setback {
  const meaning = 'The response ended before all the bytes that it declared had arrived.';
  return { error: errorOf(CONNECTION_ERROR, meaning), again: true };
}

function errorOf(hresult: number, meaning: string): DosvcError {
  const { words, ...named } = describe(hresult, { meaning });
  return new DosvcError(`fetch: ${words}`, { operation: 'fetch', ...named });
}

const tooEarly = [408, 425, 429];
const neverSupported = [501, 505];

/** Whether the same request may succeed later, or with another node of the server. */
export function isPassing(status: number): boolean {
  return tooEarly.includes(status) || (status >= 500 && !neverSupported.includes(status));
}
