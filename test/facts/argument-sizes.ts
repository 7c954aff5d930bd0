// SPDX-License-Identifier: MIT
//
// How many bytes each argument of a published method takes on the stack of x86, where the method removes
// its arguments. Structures that are passed by value lie there whole.

import type { Row } from './facts.js';
import { measure } from './struct-layout.js';

const pointer = 4;

function sizeOf(type: string): number {
  if (/[*]$|^(REF|LP|P)/.test(type)) return pointer;
  return measure(type, pointer).size;
}

export function argumentSizes({ params }: Row): number[] {
  return params.map(({ type }) => sizeOf(type));
}
