// SPDX-License-Identifier: MIT
//
// What the recorder writes for an [out] parameter and what JavaScript must get, derived from the
// parameter's published type alone.

import { guidBytes, uint32, uint64, wide, type Step } from './plan.js';
import { RecordedObject } from './recorder.js';
import type { Value } from '../../typings/binding.js';
import { elementOf, hresultOf, iidOf, isEnumerator, type Row } from '../facts/facts.js';
import { scalarOf, textOf, zeroOf } from './scalar.js';
import { camelCase, isStruct, layoutOf } from '../facts/struct-layout.js';

/** `nothing`: the method writes no [out] parameter. `unknown`: sizes are all ones. */
export type Manner = 'something' | 'nothing' | 'unknown';

/** Stands for the handle of that object in an expected value. */
export class HandleOf {
  readonly object: RecordedObject;
  readonly interface: string;

  constructor(object: RecordedObject, name: string) {
    this.object = object;
    this.interface = name;
  }
}

export type Expected = Value | HandleOf | HandleOf[] | undefined;

export interface Taken {
  steps: Step[];
  /** Undefined if the parameter is not a result of its own. */
  result: Expected;
  objects?: RecordedObject[];
}

/** More than the library asks an enumerator for at once. */
const manyElements = 35;

const allOnes = uint64(0xffff_ffff_ffff_ffffn);

export function writtenText(argument: number, text: string): Step {
  return { kind: 'writeMemory', argument, data: wide(text) };
}

export function writtenObject(argument: number, object: RecordedObject, name: string): Step {
  const data = Buffer.concat([uint32(object.number), guidBytes(iidOf(name))]);
  return { kind: 'writeObject', argument, data };
}

/** The outcome of a success that returned no object. */
export const noObject = {
  hresult: hresultOf('E_UNEXPECTED'),
  value: null,
  stage: 'result',
  mayHaveRun: true,
  detail: 'The service answered with success and gave no object.',
};

export function takenFrom(row: Row, at: number, manner: Manner): Taken {
  const parameter = row.params[at];
  if (!parameter) throw new Error(`${row.address} has no parameter ${String(at)}`);
  const type = parameter.type.replace('PUINT64', 'UINT64*');
  const nothing = manner === 'nothing';
  const written = (step: Step, result: Expected): Taken =>
    nothing ? { steps: [], result: null } : { steps: [step], result };

  if (isCountOut(row, at)) {
    // The library must survive a count without a list, too.
    return {
      steps: [{ kind: 'writeBytes', argument: at, data: countOf(type) }],
      result: undefined,
    };
  }
  if (type === 'byte**') return takenBytes(row, at, nothing);
  if (type === 'LPWSTR*' || type === 'BITS_FILE_PROPERTY_VALUE*') {
    // The union's only member is a string.
    return written(writtenText(at, textOf(at)), textOf(at));
  }
  if (type === 'BG_FILE_RANGE**') return takenRanges(at, nothing);
  if (type === 'VARIANT*') return takenVariant(at, nothing);
  if (type === 'void**') return takenObject(at, 'IDeliveryOptimizationFile', nothing);
  if (type.endsWith('**')) return takenInterface(type.replace('**', ''), at, nothing);
  return takenPlain(type.replace('*', ''), at, manner);
}

const listLength = 2;

function isCountOut(row: Row, at: number): boolean {
  return (
    row.params[at + 1]?.type === 'BG_FILE_RANGE**' ||
    (row.params[at - 1]?.type === 'byte**' && row.params[at]?.dir === 'in/out')
  );
}

function countOf(type: string): Buffer {
  return type === 'UINT64*' ? uint64(listLength) : uint32(listLength);
}

function takenBytes(row: Row, at: number, nothing: boolean): Taken {
  const isCounted = isCountOut(row, at + 1);
  if (nothing) return { steps: [], result: isCounted ? Buffer.alloc(0) : null };
  // A certificate's hash always has 20 bytes.
  const data = Buffer.from(Array.from({ length: isCounted ? listLength : 20 }, (_, i) => 100 + i));
  return { steps: [{ kind: 'writeMemory', argument: at, data }], result: data };
}

function takenRanges(at: number, nothing: boolean): Taken {
  if (nothing) return { steps: [], result: [] };
  const items = [10, 20].map((seed) => structOf('BG_FILE_RANGE', seed, 'something'));
  const data = Buffer.concat(items.map(({ bytes }) => bytes));
  return {
    steps: [{ kind: 'writeMemory', argument: at, data }],
    result: items.map(({ value }) => value),
  };
}

function takenVariant(at: number, nothing: boolean): Taken {
  if (nothing) return { steps: [], result: { vt: 0, value: null } };
  const data = Buffer.from(textOf(at), 'utf16le');
  return {
    steps: [
      { kind: 'writeBytes', argument: at, data: Buffer.from([8, 0]) },
      { kind: 'writeBstr', argument: at, offset: 8, data },
    ],
    result: { vt: 8, value: textOf(at) },
  };
}

function takenInterface(name: string, at: number, nothing: boolean): Taken {
  if (isEnumerator(name)) return takenEnumerator(name, at, nothing);
  if (name !== 'IUnknown') return takenObject(at, name, nothing);
  // Only a notify interface has this type; one that is not ours has no handle.
  const object = new RecordedObject();
  if (nothing) return { steps: [], result: null };
  return { steps: [writtenObject(at, object, name)], result: 'foreign', objects: [object] };
}

function takenObject(at: number, name: string, nothing: boolean): Taken {
  if (nothing) return { steps: [], result: null };
  const object = new RecordedObject();
  return {
    steps: [writtenObject(at, object, name)],
    result: new HandleOf(object, name),
    objects: [object],
  };
}

function takenEnumerator(name: string, at: number, nothing: boolean): Taken {
  if (nothing) return { steps: [], result: [] };
  const element = elementOf(name);
  const objects = Array.from({ length: manyElements }, () => new RecordedObject());
  const enumerator = new RecordedObject();
  enumerator.enumerate(objects, iidOf(element));
  // Only downloads are enumerated through IEnumUnknown.
  const wanted = element === 'IUnknown' ? 'IDODownload' : element;
  return {
    steps: [writtenObject(at, enumerator, name)],
    result: objects.map((object) => new HandleOf(object, wanted)),
    objects: [enumerator, ...objects],
  };
}

function takenPlain(type: string, at: number, manner: Manner): Taken {
  const { value, bytes } = plainOf(type, at, manner);
  const steps: Step[] =
    manner === 'nothing' ? [] : [{ kind: 'writeBytes', argument: at, data: bytes }];
  return { steps, result: value };
}

function plainOf(type: string, seed: number, manner: Manner): { value: Value; bytes: Buffer } {
  if (type === 'BITS_JOB_PROPERTY_VALUE') return plainOf('GUID', seed, manner);
  if (isStruct(type)) return structOf(type, seed, manner);
  if (type === 'UINT64' && manner === 'unknown') return { value: null, bytes: allOnes };
  const scalar = scalarOf(type, seed);
  if (!scalar) throw new Error(`no specimen of ${type}`);
  return manner === 'nothing' ? { ...scalar, value: zeroOf(type) } : scalar;
}

function structOf(type: string, seed: number, manner: Manner): { value: Value; bytes: Buffer } {
  const layout = layoutOf(type);
  const bytes = Buffer.alloc(layout.size);
  const value: Record<string, Value> = {};
  for (const [i, field] of layout.fields.entries()) {
    const one = plainOf(field.type, seed + i, manner);
    one.bytes.copy(bytes, field.offset);
    value[camelCase(field.name)] = one.value;
  }
  return { value, bytes };
}
