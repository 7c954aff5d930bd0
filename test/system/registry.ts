// SPDX-License-Identifier: MIT
// Values of the registry, written through koffi.

import koffi from 'koffi';

const advapi32 = koffi.load('advapi32.dll');
const RegSetKeyValue = advapi32.func(
  'long __stdcall RegSetKeyValueW(uintptr_t, str16, str16, uint32_t, void *, uint32_t)',
) as (hive: bigint, key: string, name: string, type: number, data: Buffer, size: number) => number;
const RegDeleteTree = advapi32.func('long __stdcall RegDeleteTreeW(uintptr_t, str16)') as (
  hive: bigint,
  key: string,
) => number;
const RegDeleteKeyValue = advapi32.func(
  'long __stdcall RegDeleteKeyValueW(uintptr_t, str16, str16)',
) as (hive: bigint, key: string, name: string) => number;

// As the headers cast them, from a signed 32-bit number.
const sign = process.arch === 'ia32' ? 0n : 0xffffffff00000000n;
const hives = { HKCU: sign | 0x80000001n, HKLM: sign | 0x80000002n };
const types = { text: 1, bytes: 3, number: 4 };

function parted(path: string): [hive: bigint, key: string] {
  const at = path.indexOf('\\');
  return [hives[path.slice(0, at) as keyof typeof hives], path.slice(at + 1)];
}

function check(what: string, status: number): void {
  if (status !== 0) throw new Error(`${what}: ${String(status)}`);
}

/** Sets a value, and creates the key if it is missing. */
export function setValue(path: string, name: string, value: string | number | Buffer): void {
  const [hive, key] = parted(path);
  const kind = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'bytes';
  const data = Buffer.isBuffer(value) ? value : Buffer.alloc(typeof value === 'number' ? 4 : 0);
  if (typeof value === 'number') data.writeUInt32LE(value);
  const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`, 'utf16le') : data;
  check('RegSetKeyValue', RegSetKeyValue(hive, key, name, types[kind], bytes, bytes.length));
}

export function deleteValue(path: string, name: string): void {
  check('RegDeleteKeyValue', RegDeleteKeyValue(...parted(path), name));
}

/** Deletes a key with everything in it. */
export function deleteKey(path: string): void {
  check('RegDeleteTree', RegDeleteTree(...parted(path)));
}
