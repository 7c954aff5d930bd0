// SPDX-License-Identifier: MIT
//
// Why an attempt ended without a file, and how far it came.

import { DosvcError } from '../errors.js';
import { fileError } from './files/file-error.js';

/** What ended an attempt. */
export type Because =
  /** The route's own error. */
  | 'error'
  /** No new byte for too long. */
  | 'stall'
  /** The service held it for too long. */
  | 'hold'
  /** The content is not what the caller asked for. */
  | 'content'
  /** The redirects of the address could not be followed. */
  | 'redirects'
  /** It was not made at all, for this reason. */
  | 'left';

/** The end of one attempt. It never reaches the caller: `error` does. */
export class Failure extends Error {
  readonly because: Because;
  readonly error: DosvcError;
  /** How many bytes were there. */
  bytes = 0;
  /** Whether the service has not ended the transfer yet, so that its file may still be written. */
  unended = false;

  constructor(because: Because, error: DosvcError) {
    super(error.message);
    this.because = because;
    this.error = error;
  }
}

/** What an attempt threw, as a failure. */
export function failureOf(thrown: unknown, because: Because = 'error'): Failure {
  if (thrown instanceof Failure) return thrown;
  const error = thrown instanceof DosvcError ? thrown : wrapped(thrown);
  return new Failure(mismatches.has(error.code) ? 'content' : because, error);
}

const mismatches: ReadonlySet<string> = new Set([
  'ERR_DOSVC_HASH_MISMATCH',
  'ERR_DOSVC_SIZE_MISMATCH',
]);

function wrapped(thrown: unknown): DosvcError {
  const error = fileError('The file cannot be written.', thrown);
  if (error instanceof DosvcError) return error;
  const { code = 'E_UNEXPECTED', message } = error as NodeJS.ErrnoException;
  return new DosvcError(message, { code, cause: thrown });
}

/** How far an attempt came, as a number: the further, the greater. */
export function progressOf({ because, error, bytes }: Failure): number {
  if (because === 'content') return 5;
  if (because === 'left' || error.code === 'ERR_DOSVC_UNSUPPORTED_PLATFORM') return 0;
  if (bytes > 0) return 4;
  if (error.httpStatus !== undefined) return 3;
  if (because === 'stall' || error.blame === 'network' || error.blame === 'server') return 2;
  return 1;
}
