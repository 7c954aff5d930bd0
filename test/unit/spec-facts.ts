// SPDX-License-Identifier: MIT
// The oracle of the spec's tests: what Microsoft's own headers and pages say, compared by machine
// when it was collected. No compiled file is generated from it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Facts {
  clsids: { name: string; clsid: string }[];
  enums: { name: string; values: { name: string; value: number | string }[] }[];
  hresults: { name: string; value: string; meaning: string; transient?: boolean }[];
  hresult_names_without_value: { name: string; value: string | null }[];
  facilities: { name: string; value: number }[];
  constants: { name: string; value: string }[];
}

export const root = join(__dirname, '../..');

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export const facts = JSON.parse(readText('test/facts/facts.json')) as Facts;

/** Reduces HRESULT_FROM_WIN32(NAME) to NAME. */
export function bareName(name: string): string {
  return /^HRESULT_FROM_WIN32\((.*)\)$/.exec(name)?.[1] ?? name;
}

/** What a generated header defines: `NAME = number` of its enumerators and constants. */
export function definitions(path: string): Map<string, bigint> {
  const lines = readText(path).matchAll(/(\w+) = (\w+)[,;]/g);
  return new Map([...lines].map(([, name = '', value = '']) => [name, BigInt(value)]));
}
