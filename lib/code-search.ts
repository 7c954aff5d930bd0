// SPDX-License-Identifier: MIT
//
// Finds a code in a number, a text or an error.

import { facilityOf, hresultOf, httpStatusOf, isFailure } from './codes.js';
import { DosvcError, isOwn } from './errors.js';
import { literalOf } from './generated/enums.js';
import { facilities, hresults } from './generated/hresults.js';
import type { OwnCode } from './generated/own-codes.js';

type Code = { own: OwnCode; hresult?: number | undefined } | { own?: undefined; hresult: number };

/** A code that was found, with the error that is about it. */
export type Found = Code & { error?: DosvcError | undefined };

/** The code in a number, a text or an error; undefined if there is none. */
export function findCode(what: unknown): Found | undefined {
  if (typeof what === 'string') return inText(what);
  if (typeof what === 'number') return inNumber(what);
  return inError(what, []);
}

function inNumber(number: number): { hresult: number } | undefined {
  if (!Number.isInteger(number) || number < -0x80000000 || number > 0xffffffff) return undefined;
  const hresult = number >>> 0;
  if (hresult > 0xffff || hresults().has(hresult)) return { hresult };
  // Windows' own codes from 300 to 599 have nothing to do with downloads.
  return { hresult: (number >= 300 && number <= 599 ? 0x80190000 : 0x80070000) + number };
}

/** @param outside The errors that this one is the cause of, in case one is its own cause. */
function inError(error: unknown, outside: readonly unknown[]): Found | undefined {
  if (typeof error !== 'object' || error === null || outside.includes(error)) return undefined;
  const { hresult, code, message, cause, ours } = fieldsOf(error);
  const value = inField(hresult);
  const found =
    typeof code === 'string' && isOwn(code)
      ? { own: code, hresult: value?.hresult }
      : (value ?? inField(code));
  if (found === undefined) {
    return inField(message) ?? inField(cause) ?? inError(cause, [...outside, error]);
  }
  return { ...found, error: ours };
}

// The code of another library's error can be a small number that has nothing to do with Windows.
function inField(value: unknown): Code | undefined {
  if (typeof value === 'string') return /^\s*\d{1,7}\s*$/.test(value) ? undefined : inText(value);
  return typeof value === 'number' && isFailure(value >>> 0) ? inNumber(value) : undefined;
}

interface Fields {
  hresult?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  ours?: DosvcError | undefined;
}

// What a caller calls an error may be anything, such as a proxy that throws.
function fieldsOf(error: object): Fields {
  try {
    const { hresult, code, message, cause }: Fields = error;
    const ours = error instanceof DosvcError ? error : undefined;
    return { hresult, code, message, cause, ours };
  } catch {
    return {};
  }
}

const guid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;
const eightDigits = /^[89a-f][\da-f]{7}$/i;

/** The first failure that is known, otherwise the first failure, otherwise the first success. */
function inText(text: string): Code | undefined {
  const whole = text.trim();
  if (eightDigits.test(whole)) return inNumber(Number(`0x${whole}`));
  if (/^-?\d+$|^0x[\da-f]+$/i.test(whole)) return inNumber(Number(narrowed(whole)));
  let failure: Code | undefined;
  let success: Code | undefined;
  for (const [word] of text.replace(guid, ' ').matchAll(/-?\w+/g)) {
    const code = inWord(word.toUpperCase());
    if (code === undefined) continue;
    const { own, hresult = 0 } = code;
    if (own !== undefined || (isFailure(hresult) && isKnown(hresult))) return code;
    if (isFailure(hresult)) failure ??= code;
    else success ??= code;
  }
  return failure ?? success;
}

// A code that a log prints as 64 bits, with its sign.
function narrowed(digits: string): string {
  return digits.replace(/^(0x)f{8}(?=[89a-f][\da-f]{7}$)/i, '$1');
}

/** The code in a word of a text, in capitals: a name, or a number that is probably a code. */
function inWord(word: string): Code | undefined {
  const bare = word.replace(/^-/, '');
  if (isOwn(bare)) return { own: bare };
  const named = hresultOf(bare);
  if (named !== undefined) return { hresult: named };
  const digits = narrowed(bare.replace(/U?L*$/, ''));
  if (/^0X[\dA-F]+$/.test(digits)) {
    const code = inNumber(Number(digits));
    return isFailure(Number(digits)) || isKnown(code?.hresult) ? code : undefined;
  }
  if (eightDigits.test(digits)) return probably(Number(`0x${digits}`));
  return /^-?[1-9]\d{9}$/.test(word) ? probably(Number(word)) : undefined;
}

// Without 0x, a number in a text may as well count bytes or be part of a hash.
function probably(number: number): Code | undefined {
  const code = inNumber(number);
  if (code === undefined || isKnown(code.hresult)) return code;
  const facility = facilityOf(code.hresult);
  const defined = number < 0 || literalOf(facilities, facility) !== facility;
  return code.hresult >>> 27 === 0b10000 && facility > 0 && defined ? code : undefined;
}

function isKnown(hresult: number | undefined): boolean {
  return hresult !== undefined && (hresults().has(hresult) || httpStatusOf(hresult) !== undefined);
}
