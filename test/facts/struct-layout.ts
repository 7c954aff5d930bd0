// SPDX-License-Identifier: MIT
//
// Computes where the fields of a published structure lie, by natural alignment.

import { enumNames, structs } from './facts.js';

export interface Field {
  /** COM's name. */
  name: string;
  type: string;
  offset: number;
  size: number;
}

export interface Layout {
  size: number;
  alignment: number;
  fields: Field[];
}

/** The bytes of a pointer in this process. */
export const pointerSize = process.arch === 'ia32' ? 4 : 8;

const scalars = new Map([
  ['UINT64', 8],
  ['UINT', 4],
  ['ULONG', 4],
  ['DWORD', 4],
  ['BOOL', 4],
  ['HRESULT', 4],
]);

export function isStruct(type: string): boolean {
  return structs.some(({ name }) => name === type);
}

export function isText(type: string): boolean {
  return type === 'LPWSTR' || type === 'LPCWSTR';
}

/** The size and the alignment of any type that a structure can contain. */
export function measure(type: string, pointer = pointerSize): { size: number; alignment: number } {
  if (isText(type)) return { size: pointer, alignment: pointer };
  if (type === 'FILETIME') return { size: 8, alignment: 4 };
  if (type === 'GUID') return { size: 16, alignment: 4 };
  const size = enumNames.has(type) ? 4 : scalars.get(type);
  if (size !== undefined) return { size, alignment: size };
  // "DO_DOWNLOAD_RANGE[1..RangeCount]" is declared with one element, and
  // "union{BG_BASIC_CREDENTIALS Basic}" has one member.
  const inner = /^union\{(\w+) \w+\}$/.exec(type) ?? /^(\w+)\[1\.\.\w+\]$/.exec(type);
  return layoutOf(inner?.[1] ?? type, pointer);
}

/** @param pointer the bytes of a pointer */
export function layoutOf(name: string, pointer = pointerSize): Layout {
  const struct = structs.find((one) => one.name === name);
  if (!struct) throw new Error(`facts.json has no ${name}`);
  let end = 0;
  let alignment = 1;
  const fields = struct.fields.map(([type = '', fieldName = '']) => {
    const measured = measure(type, pointer);
    alignment = Math.max(alignment, measured.alignment);
    const offset = struct.kind === 'union' ? 0 : alignUp(end, measured.alignment);
    end = Math.max(end, offset + measured.size);
    return { name: fieldName, type, offset, size: measured.size };
  });
  return { size: alignUp(end, alignment), alignment, fields };
}

function alignUp(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

/** COM's field names in JavaScript's spelling. */
export function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
