// SPDX-License-Identifier: MIT
//
// Failures of a service that a transfer can do without.

import { isGone, isUnknown } from '../../codes.js';
import { DosvcError } from '../../errors.js';

const lacking = new Set([
  'E_NOTIMPL',
  'ERR_DOSVC_INTERFACE_MISSING',
  'DO_E_UNKNOWN_PROPERTY_ID',
  'BG_E_UNKNOWN_PROPERTY_ID',
]);
const invalidState = new Set(['DO_E_INVALID_STATE', 'BG_E_INVALID_STATE']);

/** Makes a call that only some services or versions of Windows have. Resolves to whether this one has it. */
export async function wish(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isLack(error)) return false;
    throw error;
  }
}

/** Whether a call failed because this service, or this version of Windows, does not have it. */
export function isLack(error: unknown): boolean {
  return error instanceof DosvcError && lacking.has(error.code);
}

/**
 * Makes a call, and repeats it once if it did not reach the service, because that had stopped: the failed
 * call makes the object be re-fetched before the next one.
 */
export function again<T>(call: () => Promise<T>): Promise<T> {
  return repeated(call, ({ retryable }) => retryable);
}

/**
 * Ends or pauses a job or download; one that has ended already, in whatever way, is no failure. So it is
 * repeated also if it may have reached a service that stopped.
 */
export async function end<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await repeated(call, () => true);
  } catch (error) {
    if (isOver(error)) return undefined;
    throw error;
  }
}

async function repeated<T>(
  call: () => Promise<T>,
  may: (error: DosvcError) => boolean,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof DosvcError) || !isGone(error.hresult) || !may(error)) throw error;
    return call();
  }
}

/** Whether a call failed because the job or download has ended. */
export function isOver(error: unknown): boolean {
  if (!(error instanceof DosvcError)) return false;
  return invalidState.has(error.code) || isUnknown(error.hresult);
}

/** Whether a job has no file to transfer, or none any more. */
export function isEmpty(error: unknown): boolean {
  return error instanceof DosvcError && error.code === 'BG_E_EMPTY';
}

/** Whether the service keeps a job or download from this user, or from this user without elevation. */
export function isDenied(error: unknown): boolean {
  return error instanceof DosvcError && error.code === 'E_ACCESSDENIED';
}
