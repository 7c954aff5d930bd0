// SPDX-License-Identifier: MIT
//
// The kinds of values that properties have: how a value is checked and read, and the type of its
// VARIANT.

import type { Variant } from '../../typings/rows.js';
import {
  checkBoolean,
  checkGuid,
  checkInteger,
  checkSecret,
  checkString,
  checkUint32,
  checkUrl,
} from '../arguments.js';
import { checkPath } from '../paths.js';

/** A value that a property is set to or returns. */
export type Given = Exclude<Variant['value'], object> | Uint8Array;

export interface Kind<T> {
  check: (name: string, value: unknown) => Given;
  read: (value: Given) => T;
  /** The type of the VARIANT, a VARENUM value, for interfaces whose property values are VARIANTs. */
  vt: number;
}

export const VT_BSTR = 8;
export const VT_BOOL = 11;
export const VT_UNKNOWN = 13;
export const VT_UI4 = 19;
export const VT_UI8 = 21;
export const VT_BYTES = 0x2011; // VT_ARRAY | VT_UI1

// The services document no limit. This one exceeds any known headers or JSON of hashes.
const longestText = 1 << 20;

export function kind<T extends Given>(vt: number, check: Kind<T>['check']): Kind<T> {
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
export const address = kind<string>(VT_BSTR, (name, value) =>
  checkUrl(name, value, false, longestText),
);
export const path = kind<string>(VT_BSTR, (name, value) => checkPath(name, value));
export const guid = kind<string>(VT_BSTR, checkGuid);
