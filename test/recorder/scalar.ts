// SPDX-License-Identifier: MIT
//
// A test value of each plain type, as JavaScript sees it and as it lies in memory. The values of one
// call differ, so that swapped arguments are noticed.

import { guidBytes, uint32, uint64 } from './plan.js';
import type { Value } from '../../typings/binding.js';
import { enumNames } from '../facts/facts.js';

export interface Scalar {
  value: Value;
  bytes: Buffer;
}

/** Different seeds give different values of one type. */
export function scalarOf(type: string, seed: number): Scalar | null {
  // A value that no version of the enum has; it must pass through unchanged.
  if (enumNames.has(type)) return { value: 99 + seed, bytes: uint32(99 + seed) };
  switch (type) {
    case 'BOOL':
      return { value: true, bytes: uint32(1) };
    case 'UINT':
    case 'ULONG':
    case 'DWORD':
    case 'HRESULT':
      return { value: 0x89abcd00 + seed, bytes: uint32(0x89abcd00 + seed) };
    case 'UINT64':
      return { value: 2 ** 40 + seed, bytes: uint64(2 ** 40 + seed) };
    case 'GUID':
    case 'REFGUID':
      return guidScalar(seed);
    case 'FILETIME': {
      const milliseconds = 1_700_000_000_123 + seed;
      return { value: milliseconds, bytes: uint64(ticks(milliseconds)) };
    }
    default:
      return null;
  }
}

/** What JavaScript gets if nothing was written. */
export function zeroOf(type: string): Value {
  if (type === 'GUID') return '00000000-0000-0000-0000-000000000000';
  if (type === 'FILETIME') return null;
  return type === 'BOOL' ? false : 0;
}

function guidScalar(seed: number): Scalar {
  const text = `0123abcd-4567-89ef-fedc-ba98765432${String(seed).padStart(2, '0')}`;
  return { value: text, bytes: guidBytes(text) };
}

/** Units of 100 ns since 1601. */
function ticks(milliseconds: number): bigint {
  return (BigInt(milliseconds) + 11_644_473_600_000n) * 10_000n;
}

/** Has characters of one, two, three and four bytes in UTF-8. */
export function textOf(seed: number): string {
  return `text ${String(seed)} ü € 😀`;
}
