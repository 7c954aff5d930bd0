// SPDX-License-Identifier: MIT
//
// VARIANTs of each type that a property of either service has: what is passed in, what is returned,
// and what is refused.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uint32, uint64, type Step } from '../recorder/plan.js';
import type { Value } from '../../typings/binding.js';
import { Scene } from '../recorder/scene.js';
import { writtenObject } from '../recorder/taken.js';

const vt = {
  empty: 0,
  i4: 3,
  bstr: 8,
  bool: 11,
  unknown: 13,
  ui4: 19,
  ui8: 21,
  bytes: 0x2011, // VT_ARRAY | VT_UI1
  bstrByRef: 0x4008,
};

const valueAt = 8;
const setProperty = 'IDODownload::SetProperty';
const getProperty = 'IDODownload::GetProperty';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open('IDOManager');
});

afterEach(async () => {
  await scene.close();
});

function typed(type: number): Buffer {
  return Buffer.from([type & 0xff, type >> 8]);
}

describe('a VARIANT passes in', () => {
  function bits(bytes: Buffer): [Step, string] {
    const data = uint32(bytes.length);
    return [{ kind: 'copyBytes', argument: 1, offset: valueAt, data }, bytes.toString('hex')];
  }
  function behind(kind: 'copyBstr' | 'copyArray', bytes: Buffer): [Step, string] {
    return [{ kind, argument: 1, behind: true, offset: valueAt }, bytes.toString('hex')];
  }
  const text = 'ü €\0😀'; // a BSTR carries its length
  it.each<[string, number, Value, [Step, string]]>([
    ['nothing', vt.empty, null, bits(Buffer.alloc(8))],
    ['text', vt.bstr, text, behind('copyBstr', Buffer.from(text, 'utf16le'))],
    ['empty text', vt.bstr, '', behind('copyBstr', Buffer.alloc(0))],
    ['true', vt.bool, true, bits(Buffer.from([0xff, 0xff]))],
    ['false', vt.bool, false, bits(Buffer.from([0, 0]))],
    ['a number', vt.ui4, 0x89abcdef, bits(uint32(0x89abcdef))],
    ['a size', vt.ui8, 2 ** 40 + 1, bits(uint64(2 ** 40 + 1))],
    ['an unknown size', vt.ui8, null, bits(Buffer.alloc(8, 0xff))],
    ['bytes', vt.bytes, Buffer.from([1, 2, 255]), behind('copyArray', Buffer.from([1, 2, 255]))],
    ['no bytes', vt.bytes, Buffer.alloc(0), behind('copyArray', Buffer.alloc(0))],
    ['no sink', vt.unknown, null, bits(Buffer.alloc(8))],
  ])('%s', async (_, type, value, [step, copy]) => {
    const typeStep: Step = { kind: 'copyBytes', argument: 1, data: uint32(2) };
    scene.tell(scene.root, setProperty, { steps: [typeStep, step] });
    expect((await scene.invoke(setProperty, [7, { vt: type, value }])).hresult).toBe(0);
    expect(scene.calls(setProperty)[0]?.copies).toEqual([typed(type).toString('hex'), copy]);
  });
});

describe('a VARIANT returns', () => {
  const at = { argument: 1, offset: valueAt };
  const bits = (data: Buffer): Step => ({ kind: 'writeBytes', ...at, data });

  it.each<[string, number, Step | null, Value]>([
    ['nothing', vt.empty, null, null],
    ['text', vt.bstr, { kind: 'writeBstr', ...at, data: Buffer.from('a\0ü', 'utf16le') }, 'a\0ü'],
    ['a null BSTR, which is empty text', vt.bstr, null, ''],
    ['a null BSTR by reference', vt.bstrByRef, null, ''],
    ['true', vt.bool, bits(Buffer.from([0xff, 0xff])), true],
    ['1 for true', vt.bool, bits(Buffer.from([1, 0])), true],
    ['false', vt.bool, null, false],
    ['a number', vt.ui4, bits(uint32(0x89abcdef)), 0x89abcdef],
    ['a signed number', vt.i4, bits(uint32(0xffff_fffe)), -2],
    ['a size', vt.ui8, bits(uint64(2 ** 40 + 1)), 2 ** 40 + 1],
    ['an unknown size', vt.ui8, bits(Buffer.alloc(8, 0xff)), null],
    [
      'bytes',
      vt.bytes,
      { kind: 'writeArray', ...at, data: Buffer.from([1, 2]) },
      Buffer.from([1, 2]),
    ],
    ['no bytes', vt.bytes, { kind: 'writeArray', ...at, data: Buffer.alloc(0) }, Buffer.alloc(0)],
    ['a null array', vt.bytes, null, null],
    ['no sink', vt.unknown, null, null],
    ['a type that nobody knows', 5, bits(uint64(1)), null],
  ])('%s', async (_, type, step, value) => {
    const typeStep: Step = { kind: 'writeBytes', argument: 1, data: typed(type) };
    scene.tell(scene.root, getProperty, { steps: step ? [typeStep, step] : [typeStep] });
    const outcome = await scene.invoke(getProperty, [7]);
    expect(outcome).toEqual({ hresult: 0, value: { vt: type, value } });
  });

  it("a sink that is not ours as 'foreign', and releases it", async () => {
    const object = scene.object();
    const typeStep: Step = { kind: 'writeBytes', argument: 1, data: typed(vt.unknown) };
    const step = { ...writtenObject(1, object, 'IUnknown'), offset: valueAt };
    scene.tell(scene.root, getProperty, { steps: [typeStep, step] });
    const { value } = await scene.invoke(getProperty, [7]);
    expect(value).toEqual({ vt: vt.unknown, value: 'foreign' });
  });
});

describe('a VARIANT refuses', () => {
  it.each<[string, Value, Value]>([
    ['text for a number', vt.ui4, '5'],
    ['a fraction', vt.ui4, 1.5],
    ['a number for a flag', vt.bool, 1],
    ['a number for text', vt.bstr, 5],
    ['null for text', vt.bstr, null],
    ['a negative size', vt.ui8, -1],
    ['a list for bytes', vt.bytes, [1, 2]],
    ['text for a sink', vt.unknown, 'sink'],
    ['a value where there is none', vt.empty, 5],
    ['a type that no property has', 5, 1.5],
    ['a type beyond sixteen bits', 0x10008, 'text'],
    ['no type', null, 'text'],
  ])('%s', async (_, type, value) => {
    const outcome = await scene.invoke(setProperty, [7, { vt: type, value }]);
    expect(outcome).toMatchObject({ value: null, stage: 'argument' });
    expect(scene.calls()).toEqual([]);
  });
});
