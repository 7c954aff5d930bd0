// SPDX-License-Identifier: MIT
//
// What a test passes for an [in] parameter and what must arrive, derived from the parameter's
// published type alone.

import { guidBytes, uint32, type Step } from '../recorder/plan.js';
import type { Value } from '../../typings/binding.js';
import { enumValue, iidOf, type Row } from '../facts/facts.js';
import { scalarOf, textOf } from '../recorder/scalar.js';
import { camelCase, isStruct, isText, layoutOf, type Field } from '../facts/struct-layout.js';

export interface Given {
  /** Undefined if JavaScript passes nothing for the parameter. */
  argument?: Value;
  /** The bytes of the parameter itself, if it is a number. */
  raw?: Buffer;
  /** What the recorder copies, and what it must find. */
  steps: Step[];
  copies: string[];
}

interface Copied {
  step: Step;
  copy: string;
}

function given(argument: Value | undefined, copied: Copied[]): Given {
  const seen = { steps: copied.map(({ step }) => step), copies: copied.map(({ copy }) => copy) };
  return argument === undefined ? seen : { argument, ...seen };
}

function copiedBytes(argument: number, offset: number, bytes: Buffer): Copied {
  const step: Step = { kind: 'copyBytes', argument, offset, data: uint32(bytes.length) };
  return { step, copy: bytes.toString('hex') };
}

function copiedText(argument: number, text: string, offset?: number): Copied {
  const place = offset === undefined ? {} : { behind: true, offset };
  return {
    step: { kind: 'copyText', argument, ...place },
    copy: Buffer.from(text, 'utf16le').toString('hex'),
  };
}

/** A list of structures, which follows its count. */
export function isListIn(type: string): boolean {
  return /^(const )?BG_FILE_(INFO|RANGE)\*$/.test(type);
}

function isCount(row: Row, at: number): boolean {
  const next = row.params[at + 1];
  return next?.dir === 'in' && isListIn(next.type);
}

const listLength = 2;

/** For a property's id: that of a property whose value fills the whole union. Otherwise null. */
function propertyId(row: Row, at: number): number | null {
  const union = row.params[at + 1]?.type.replace('*', '');
  if (union === 'BITS_JOB_PROPERTY_VALUE') return enumValue('BITS_JOB_PROPERTY_NOTIFICATION_CLSID');
  if (union !== 'BITS_FILE_PROPERTY_VALUE') return null;
  return enumValue('BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS');
}

export function givenFor(row: Row, at: number): Given {
  const parameter = row.params[at];
  if (!parameter) throw new Error(`${row.address} has no parameter ${String(at)}`);
  const { type } = parameter;
  if (isCount(row, at)) return { raw: uint32(listLength), steps: [], copies: [] };
  const id = propertyId(row, at);
  if (id !== null) return { argument: id, raw: uint32(id), steps: [], copies: [] };
  const pointed = type.replace(/^const /, '').replace('*', '');
  if (isListIn(type)) return structs(pointed, at);
  if (isStruct(pointed) && type.endsWith('*')) return structure(pointed, at);
  return plain(type, at);
}

function plain(type: string, at: number): Given {
  switch (type) {
    case 'LPCWSTR':
      return given(textOf(at), [copiedText(at, textOf(at))]);
    case 'BITS_FILE_PROPERTY_VALUE': // its only member is a string, in the argument itself
      return given(textOf(at), [copiedText(at, textOf(at))]);
    case 'REFIID':
      return given(undefined, [copiedBytes(at, 0, guidBytes(iidOf('IDeliveryOptimizationFile')))]);
    case 'BITS_JOB_PROPERTY_VALUE': // 16 bytes by value: the recorder points to them
    case 'REFGUID': {
      const guid = scalarOf('GUID', at);
      if (guid) return given(guid.value, [copiedBytes(at, 0, guid.bytes)]);
      break;
    }
    case 'byte*': {
      const bytes = Buffer.from(Array.from({ length: 20 }, (_, i) => 200 + i + at));
      return given(bytes, [copiedBytes(at, 0, bytes)]);
    }
    case 'const VARIANT*':
      return givenVariant(at);
    case 'IUnknown*': // the *-sink.test.ts files pass sinks of ours
      return { argument: null, raw: Buffer.alloc(8), steps: [], copies: [] };
  }
  const scalar = scalarOf(type, at);
  if (!scalar) throw new Error(`no specimen of ${type}`);
  return { argument: scalar.value, raw: scalar.bytes, steps: [], copies: [] };
}

const vtBstr = 8;

function givenVariant(at: number): Given {
  const text = textOf(at);
  return given({ vt: vtBstr, value: text }, [
    copiedBytes(at, 0, Buffer.from([vtBstr, 0])),
    {
      step: { kind: 'copyBstr', argument: at, behind: true, offset: 8 },
      copy: Buffer.from(text, 'utf16le').toString('hex'),
    },
  ]);
}

function structs(type: string, at: number): Given {
  const items = Array.from({ length: listLength }, (_, i) =>
    structAt(type, at, i * layoutOf(type).size, i * 10),
  );
  return given(
    items.map(({ value }) => value),
    items.flatMap(({ copied }) => copied),
  );
}

function structure(type: string, at: number): Given {
  if (type === 'DO_DOWNLOAD_RANGES_INFO') return ranges(at);
  const { value, copied } = structAt(type, at, 0, 0);
  return given(value, copied);
}

/** A count, then that many ranges, starting at the one that is declared. */
function ranges(at: number): Given {
  const [count, first] = layoutOf('DO_DOWNLOAD_RANGES_INFO').fields;
  if (!count || !first) throw new Error('DO_DOWNLOAD_RANGES_INFO has changed');
  const range = layoutOf('DO_DOWNLOAD_RANGE');
  const items = [0, 1, 2].map((i) =>
    structAt('DO_DOWNLOAD_RANGE', at, first.offset + i * range.size, i * 10),
  );
  return given(
    items.map(({ value }) => value),
    [copiedBytes(at, count.offset, uint32(items.length)), ...items.flatMap(({ copied }) => copied)],
  );
}

function structAt(type: string, argument: number, start: number, seed: number) {
  const value: Record<string, Value> = {};
  const copied: Copied[] = [];
  for (const [i, field] of flatFields(type).entries()) {
    const offset = start + field.offset;
    const scalar = scalarOf(field.type, seed + i);
    if (scalar) copied.push(copiedBytes(argument, offset, scalar.bytes));
    else if (isText(field.type)) copied.push(copiedText(argument, textOf(seed + i), offset));
    else throw new Error(`no specimen of ${field.type}`);
    value[camelCase(field.name)] = scalar ? scalar.value : textOf(seed + i);
  }
  return { value, copied };
}

/** Credentials hold name and password in a union with one structure; JavaScript sees one level. */
function flatFields(type: string): Field[] {
  return layoutOf(type).fields.flatMap((field) => {
    const inner = /^union\{(\w+) \w+\}$/.exec(field.type)?.[1];
    if (inner === undefined) return [field];
    return flatFields(inner).map((one) => ({ ...one, offset: field.offset + one.offset }));
  });
}
