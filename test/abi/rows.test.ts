// SPDX-License-Identifier: MIT
//
// Calls every method that a client uses through its row. It must reach the right slot of the right
// interface with the right arguments, and the service's answer must come back unchanged. The oracle
// is facts.json.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Value } from '../../typings/binding.js';
import { clientRows, hresultOf, rowAt, type Row } from '../facts/facts.js';
import { givenFor, type Given } from './given.js';
import { handlesIn, Scene } from '../recorder/scene.js';
import { HandleOf, noObject, takenFrom, type Manner, type Taken } from '../recorder/taken.js';
import type { RawOutcome } from '../binding/raw-boundary.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

interface Call {
  outcome: RawOutcome;
  given: (Given | undefined)[];
  taken: Taken[];
}

function isFailure(hresult: number): boolean {
  return hresult >= 0x8000_0000;
}

async function call(row: Row, hresult: number, manner: Manner): Promise<Call> {
  const given = row.params.map(({ dir }, at) => (dir === 'in' ? givenFor(row, at) : undefined));
  const taken = row.params.flatMap(({ dir }, at) =>
    dir === 'in' ? [] : [takenFrom(row, at, manner)],
  );
  const copies = given.flatMap((one) => one?.steps ?? []);
  const writes = isFailure(hresult) ? [] : taken.flatMap((one) => one.steps);
  const steps = [...copies, ...writes];
  scene.tell(scene.root, row.address, { hresult, steps });
  scene.watch(taken.flatMap(({ objects }) => objects ?? []));
  const args = given.flatMap((one) => (one?.argument === undefined ? [] : [one.argument]));
  return { outcome: await scene.invoke(row.address, args), given, taken };
}

/** Expects one call, to the row's own slot and interface, with the given arguments. */
function expectArrival(row: Row, given: Call['given']): void {
  const [arrived, ...more] = scene.calls().filter((one) => one.object === scene.root.number);
  expect(more).toEqual([]);
  expect(arrived).toMatchObject({ iid: row.iid, slot: row.slot });
  expect(arrived?.copies).toEqual(given.flatMap((one) => one?.copies ?? []));
  for (const [at, one] of given.entries()) {
    const raw = BigInt(arrived?.arguments[at] ?? 0);
    if (one?.raw) expect(littleEndian(raw, one.raw.length)).toEqual(one.raw);
    // An [out] parameter is not a null pointer.
    if (!one) expect(raw).not.toBe(0n);
  }
}

function littleEndian(raw: bigint, size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(raw);
  return bytes.subarray(0, size);
}

/** Null without a result; one result by itself; several as a list in the order of the IDL. */
function expectedOf(taken: Taken[]): unknown {
  const results = taken.map(({ result }) => result).filter((result) => result !== undefined);
  return results.length > 1 ? results.map(withHandles) : withHandles(results[0] ?? null);
}

function withHandles(expected: unknown): unknown {
  if (expected instanceof HandleOf) return { handle: expect.any(Number) as number };
  return Array.isArray(expected) ? expected.map((one) => withHandles(one)) : expected;
}

function objectsExpected(taken: Taken[]): HandleOf[] {
  return taken
    .flatMap(({ result }) => result as HandleOf | HandleOf[])
    .filter((one) => one instanceof HandleOf);
}

/** S_FALSE means an empty list, or no record: enumerators.test.ts. */
const emptyRows = new Set([
  'IBitsPeerCacheAdministration::GetRecord',
  'IBitsPeerCacheAdministration::EnumRecords',
  'IBitsPeerCacheAdministration::EnumPeers',
]);

function givesObjects(row: Row): boolean {
  const outs = row.params.flatMap(({ dir }, at) =>
    dir === 'in' ? [] : [takenFrom(row, at, 'something')],
  );
  return objectsExpected(outs).length > 0;
}

/** A method without [in] parameters, which shows which object a handle stands for. */
function knock(name: string): { row: Row; args: Value[] } {
  // It has no methods that can be called; its successor has.
  if (name === 'IDeliveryOptimizationFile') {
    return { row: rowAt('IDeliveryOptimizationFile2::GetProperty'), args: [0] };
  }
  const row = clientRows.find(
    (one) => one.interface === name && one.params.every(({ dir }) => dir !== 'in'),
  );
  if (!row) throw new Error(`${name} has nothing to knock at`);
  return { row, args: [] };
}

async function expectHandles(value: Value, taken: Taken[]): Promise<void> {
  const objects = objectsExpected(taken);
  const handles = handlesIn(value);
  expect(handles).toHaveLength(objects.length);
  for (const [i, handle] of handles.entries()) {
    const object = objects[i];
    const { row, args } = knock(object?.interface ?? '');
    await scene.invoke(row.address, args, handle);
    const last = scene.calls().at(-1);
    expect(last).toMatchObject({ object: object?.object.number, iid: row.iid, slot: row.slot });
  }
}

it('a client can call 132 methods', () => {
  expect(clientRows).toHaveLength(132);
});

describe.each(clientRows.map((row) => [row.address, row] as const))('%s', (_, row) => {
  it('sends its arguments and returns the results', async () => {
    const { outcome, given, taken } = await call(row, 0, 'something');
    expect(outcome).toEqual({ hresult: 0, value: expectedOf(taken) });
    expectArrival(row, given);
    await expectHandles(outcome.value, taken);
  });

  it('keeps a success code', async () => {
    const code = hresultOf('BG_S_PARTIAL_COMPLETE');
    const { outcome, taken } = await call(row, code, 'something');
    expect(outcome).toEqual({ hresult: code, value: expectedOf(taken) });
  });

  it('keeps a failure code, with no value', async () => {
    const code = 0x80200000 + row.slot;
    const { outcome, given } = await call(row, code, 'nothing');
    expect(outcome).toEqual({ hresult: code, value: null });
    expectArrival(row, given);
  });

  it('survives success that writes no [out] parameter', async () => {
    const { outcome, taken } = await call(row, hresultOf('S_FALSE'), 'nothing');
    const lacksObject = givesObjects(row) && !emptyRows.has(row.address);
    const expected = lacksObject ? noObject : { hresult: 1, value: expectedOf(taken) };
    expect(outcome).toEqual(expected);
  });
});

describe('a size of all ones is null in', () => {
  const withSizes = clientRows.filter(({ params }) =>
    params.some(({ type }) => /^P?UINT64\*?$|PROGRESS\*$|STATUS\*$/.test(type)),
  );

  it.each(withSizes.map((row) => [row.address, row] as const))('%s', async (_, row) => {
    const { outcome, taken } = await call(row, 0, 'unknown');
    expect(outcome).toEqual({ hresult: 0, value: expectedOf(taken) });
  });
});
