// SPDX-License-Identifier: MIT
//
// The oracle: facts.json, which `check:sdk` compares with the Windows SDK. Expectations come from it
// and never from our own declarations.

import facts from './facts.json' with { type: 'json' };

export interface Parameter {
  type: string;
  name: string;
  dir: string;
}

export interface Row {
  /** `'IBackgroundCopyJob::GetState'` */
  address: string;
  interface: string;
  iid: string;
  slot: number;
  params: Parameter[];
}

interface Interface {
  name: string;
  iid: string;
  base: string;
  client_implements?: boolean;
  vtable: { slot: number | null; name: string; params: Parameter[] }[];
}

const interfaces: Interface[] = facts.interfaces;

/** Its IID was never published. */
const unpublished = 'IDODownloadInternal';
/** Declared, but not called: the second is for services; sources disagree about the third's slot. */
const uncalled = new Set([
  unpublished,
  'AsyncIBackgroundCopyCallback',
  'IDeliveryOptimizationFile',
]);

export const published = interfaces.filter(({ name }) => name !== unpublished);

export function isEnumerator(name: string): boolean {
  return name.startsWith('IEnum');
}

function rowsOf({ name, iid, vtable }: Interface): Row[] {
  return vtable.map((method) => {
    if (method.slot === null) throw new Error(`${name}::${method.name} has no slot`);
    const { slot, params } = method;
    return { address: `${name}::${method.name}`, interface: name, iid, slot, params };
  });
}

const everyRow = new Map(
  interfaces
    .filter(({ name }) => !uncalled.has(name))
    .flatMap(rowsOf)
    .map((row) => [row.address, row]),
);

/** Every method that is called, including those of callbacks and enumerators. */
export const rows = [...everyRow.values()];

const ours = new Set(interfaces.filter((one) => one.client_implements).map(({ name }) => name));

/** The methods that a client calls. Interfaces that both services have are listed once. */
export const clientRows = rows.filter(
  (row) => !ours.has(row.interface) && !isEnumerator(row.interface),
);

/** Any method, including those of callbacks and enumerators. */
export function rowAt(address: string): Row {
  const row = everyRow.get(address);
  if (!row) throw new Error(`facts.json has no ${address}`);
  return row;
}

export function iidOf(name: string): string {
  if (name === 'IUnknown') return '00000000-0000-0000-C000-000000000046';
  const found = interfaces.find((one) => one.name === name);
  if (!found) throw new Error(`facts.json has no ${name}`);
  return found.iid;
}

/** The interface whose pointers an enumerator yields. */
export function elementOf(enumerator: string): string {
  const elements = rowAt(`${enumerator}::Next`).params[1];
  if (!elements) throw new Error(`${enumerator}::Next has no elements`);
  return elements.type.replaceAll('*', '');
}

export const enumNames = new Set(facts.enums.map(({ name }) => name));

/** The value of an enum's member, by its name in any enum. */
export function enumValue(name: string): number {
  for (const { values } of facts.enums) {
    const found = values.find((value) => value.name === name);
    if (found) return Number(found.value);
  }
  throw new Error(`facts.json has no ${name}`);
}

/** The values of an enum's members, in its order. */
export function enumValues(name: string): number[] {
  const found = facts.enums.find((one) => one.name === name);
  if (!found) throw new Error(`facts.json has no ${name}`);
  return found.values.map(({ value }) => Number(value));
}

export function hresultOf(name: string): number {
  const found = facts.hresults.find((one) => one.name === name);
  if (!found) throw new Error(`facts.json has no ${name}`);
  return Number(found.value) >>> 0;
}

export const structs: {
  name: string;
  kind?: string;
  fields: string[][];
  size_x64: number;
  offsets?: Record<string, number>;
}[] = facts.structs;
