// SPDX-License-Identifier: MIT
//
// What a recorded service writes through a parameter.

import { uint32, uint64, type Step } from '../recorder/plan.js';
import { layoutOf } from '../facts/struct-layout.js';

export { writtenObject, writtenText } from '../recorder/taken.js';

export function writtenBytes(argument: number, data: Buffer): Step {
  return { kind: 'writeBytes', argument, data };
}

/** A 32-bit number. */
export function writtenNumber(argument: number, value: number): Step {
  return writtenBytes(argument, uint32(value));
}

export const allOnes = 0xffff_ffff_ffff_ffffn;

/** A published structure with these fields, by COM's names. */
export function structBytes(name: string, values: Record<string, number | bigint>): Buffer {
  const { fields, size } = layoutOf(name);
  const bytes = Buffer.alloc(size);
  for (const [field, value] of Object.entries(values)) {
    const place = fields.find((one) => one.name === field);
    if (!place) throw new Error(`${name} has no ${field}`);
    const written = place.size === 4 ? uint32(Number(value)) : uint64(value);
    written.copy(bytes, place.offset);
  }
  return bytes;
}
