// SPDX-License-Identifier: MIT
//
// Explains a code as it is found in a log: finds it in a number, a text or an error, and says what it is
// called, what it means and what to do.

import { facilityOf, hex, infoOf } from './codes.js';
import { findCode, type Found } from './code-search.js';
import type { DosvcErrorCode } from './errors.js';
import { literalOf, type Open } from './generated/enums.js';
import { facilities, type Blame } from './generated/hresults.js';
import { ownCodes } from './generated/own-codes.js';

/** Who defined an HRESULT. */
export type Facility = keyof typeof facilities;

/** What {@link explain} returns of a code. */
export interface Explanation {
  /** The one name of the code, or the HRESULT in hexadecimal if it has no name. */
  code: DosvcErrorCode;
  /** Every name of the code; the first one is `code`. */
  names: readonly string[];
  /** The HRESULT as an unsigned number; null for a code of this package that comes without one. */
  hresult: number | null;
  /** The facility of the HRESULT, or its number if this version does not know it; null without one. */
  facility: Open<Facility> | null;
  /** What the code means. On Windows, this is the system's own text if the code is not listed. */
  meaning: string;
  /** What to do; null if the code is not listed. */
  advice: string | null;
  /** Where the cause lies. */
  blame: Blame;
  /** Whether the service waits and continues by itself, so there is nothing to do. */
  transient: boolean;
  /** Whether the same may succeed when it is tried again, now or later, with nothing else changed. */
  retryHelps: boolean;
}

/**
 * Explains a code as it is found in a log. Works on every operating system, and never throws.
 *
 * `what` is one of these:
 *
 * - A number: an HRESULT of either sign. A number from 2 to 65,535 is an HTTP status if it lies between
 *   300 and 599, and otherwise a Windows error code.
 * - A text that contains a code, in hexadecimal with or without `0x`, in decimal, or as a name
 *   (`'DO_E_JOB_NOT_FOUND'`), in any case. Of several codes, the first failure that is listed in
 *   docs/errors.md is explained, otherwise the first one.
 * - An error: its `hresult`, its `code`, or the code in its message or in its cause. What `toJSON()`
 *   returned works, too.
 *
 * Returns null if there is no code. The result contains nothing of the text except the code.
 *
 * @example
 * explain('Installation failed: 0x80D03002')?.advice; // 'Ask the administrator about the …'
 * explain(-2145386480)?.code; // 'BG_E_NETWORK_DISCONNECTED'
 */
export function explain(what: unknown): Explanation | null {
  const found = findCode(what);
  return found === undefined ? null : explanationOf(found);
}

function explanationOf(found: Found): Explanation {
  const { own, hresult, error } = found;
  const known = hresult === undefined ? [] : infoOf(hresult).names;
  const code = own ?? known[0] ?? hex(hresult);
  const { meaning, advice, blame, transient, retryHelps } =
    own === undefined ? infoOf(hresult) : { ...ownCodes[own], transient: false };
  return {
    code,
    names: [...new Set([code, ...known])],
    hresult: hresult ?? null,
    facility: hresult === undefined ? null : literalOf(facilities, facilityOf(hresult)),
    meaning,
    advice: advice ?? null,
    blame: error?.blame ?? blame,
    transient: error?.transient ?? transient,
    retryHelps,
  };
}
