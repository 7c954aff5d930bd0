// SPDX-License-Identifier: MIT
//
// The kinds of values that properties have: how one is checked, which type its VARIANT has, and how
// it is read.

import type { PropertyValue, Variant } from '../typings/rows.js';
import {
  checkBoolean,
  checkGuid,
  checkInteger,
  checkPath,
  checkSecret,
  checkString,
  checkUint32,
} from './arguments.js';

/** What a property is set to, and what it gives. */
export type Given = Exclude<Variant['value'], object> | Uint8Array;

export interface Kind<T, Sent extends Given = PropertyValue> {
  check: (name: string, value: unknown) => Sent;
  read: (value: Given) => T;
  /** The VARIANT's type, a VARENUM number, for the interfaces whose values are VARIANTs. */
  vt: number;
}

export const VT_BSTR = 8;
export const VT_BOOL = 11;
export const VT_UNKNOWN = 13;
export const VT_UI4 = 19;
export const VT_UI8 = 21;
export const VT_BYTES = 0x2011; // VT_ARRAY | VT_UI1

// No documented limit: more than any JSON of hashes or headers that was seen.
const longestText = 1 << 20;

export function kind<T extends Given, Sent extends Given = PropertyValue>(
  vt: number,
  check: Kind<T, Sent>['check'],
): Kind<T, Sent> {
  return { vt, check, read: (value) => value as T };
}

export const flag = kind<boolean>(VT_BOOL, checkBoolean);
export const uint32 = kind<number>(VT_UI4, checkUint32);
export const size = kind<number>(VT_UI8, (name, value) =>
  checkInteger(name, value, 0, Number.MAX_SAFE_INTEGER),
);
export const text = kind<string>(VT_BSTR, (name, value) =>
  checkString(name, value, longestText, 0),
);
export const secret = kind<string>(VT_BSTR, (name, value) => checkSecret(name, value, longestText));
export const path = kind<string>(VT_BSTR, checkPath);
export const guid = kind<string>(VT_BSTR, checkGuid);
