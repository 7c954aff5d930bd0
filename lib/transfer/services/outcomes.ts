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
    if (error instanceof DosvcError && lacking.has(error.code)) return false;
    throw error;
  }
}

/**
 * Makes a call, and again if it was not carried out because the service had stopped before: an object finds
 * that out by a call, and is re-fetched before the next one.
 */
export async function again<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const unsent = error instanceof DosvcError && error.retryable && isGone(error.hresult);
    if (!unsent) throw error;
    return call();
  }
}

/** Ends a job or download; one that has ended already, in whatever way, is no failure. */
export async function end<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await again(call);
  } catch (error) {
    if (isOver(error)) return undefined;
    throw error;
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
