// SPDX-License-Identifier: MIT
//
// Tries a method of the library: which slot it calls, with which arguments, and what it makes of the
// answer.

import { expect } from 'vitest';
import type { RecordedObject } from '../recorder/recorder.js';
import { uint32, type Step } from '../recorder/plan.js';
import { rowAt } from '../facts/facts.js';
import type { LibraryScene } from './library-scene.js';

/** An argument: a 32-bit number, a text, the bytes that a pointer points to, or a null pointer. */
type Given = number | string | Buffer | null;

export interface Method<Subject> {
  calls: (subject: Subject) => Promise<unknown>;
  row: string;
  /** What is read of the object before, in the same hop. */
  first?: string[];
  /** The arguments of the row, from the first. */
  given?: Given[];
  steps?: Step[];
  hresult?: number;
  result?: unknown;
}

function copied(given: Given, argument: number): { step: Step; copy: string } | null {
  if (typeof given === 'string') {
    const copy = Buffer.from(given, 'utf16le').toString('hex');
    return { step: { kind: 'copyText', argument }, copy };
  }
  if (Buffer.isBuffer(given)) {
    const step: Step = { kind: 'copyBytes', argument, data: uint32(given.length) };
    return { step, copy: given.toString('hex') };
  }
  return null;
}

export async function tryMethod<Subject>(
  scene: LibraryScene,
  object: RecordedObject,
  subject: Subject,
  { calls, row, first = [], given = [], steps = [], hresult = 0, result }: Method<Subject>,
): Promise<void> {
  const copies = given.map(copied).filter((one) => one !== null);
  const plan = { hresult, steps: [...copies.map(({ step }) => step), ...steps] };
  scene.tell(object, row, plan);
  const before = scene.calls().length;
  expect(await calls(subject)).toEqual(result);

  // Exactly one call, to its own slot.
  const all = scene.calls().slice(before);
  expect(all.splice(0, first.length).map(({ slot }) => slot)).toEqual(
    first.map((name) => rowAt(name).slot),
  );
  const [arrived, ...more] = all;
  expect(more).toEqual([]);
  const { iid, slot } = rowAt(row);
  expect(arrived).toMatchObject({ object: object.number, iid, slot });
  expect(arrived?.copies).toEqual(copies.map(({ copy }) => copy));
  for (const [at, one] of given.entries()) {
    const raw = BigInt(arrived?.arguments[at] ?? 0);
    if (one === null) expect(raw).toBe(0n);
    if (typeof one === 'number') expect(BigInt.asUintN(32, raw)).toBe(BigInt(one));
  }
}

/** The methods of an object that its users can call. */
export function publicMethods(prototype: object, end: object = Object.prototype): string[] {
  const names: string[] = [];
  for (
    let at: unknown = prototype;
    typeof at === 'object' && at !== null && at !== end;
    at = Object.getPrototypeOf(at)
  ) {
    names.push(...Object.getOwnPropertyNames(at));
  }
  return names.filter((name) => name !== 'constructor');
}
