// SPDX-License-Identifier: MIT
//
// An argument of the wrong type or range is refused, and nothing is sent. The tests try every argument
// of every method, by its published type.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Value } from '../../typings/binding.js';
import { clientRows, hresultOf, type Row } from '../facts/facts.js';
import { givenFor } from './given.js';
import { binding, Scene } from '../recorder/scene.js';
import { isText } from '../facts/struct-layout.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.open();
});

afterAll(async () => {
  expect(scene.calls()).toEqual([]);
  await scene.close();
});

interface Argument {
  row: Row;
  type: string;
  /** Its index among the arguments that JavaScript passes. */
  at: number;
}

function goodArguments(row: Row): { type: string; value: Value }[] {
  return row.params.flatMap(({ dir, type }, at) => {
    const value = dir === 'in' ? givenFor(row, at).argument : undefined;
    return value === undefined ? [] : [{ type, value }];
  });
}

const everyArgument: Argument[] = clientRows.flatMap((row) =>
  goodArguments(row).map(({ type }, at) => ({ row, type, at })),
);

function titled(list: Argument[]): [string, Argument][] {
  return list.map((one) => [`${one.row.address} ${String(one.at)}: ${one.type}`, one]);
}

async function expectRefusal({ row, at }: Argument, wrong: Value): Promise<void> {
  const args = goodArguments(row).map(({ value }, i) => (i === at ? wrong : value));
  const outcome = await scene.invoke(row.address, args);
  expect(outcome, JSON.stringify(wrong)).toMatchObject({
    hresult: hresultOf('E_INVALIDARG'),
    value: null,
    stage: 'argument',
  });
  expect(outcome.detail).toContain(`argument ${String(at)}`);
  expect(outcome.mayHaveRun).toBeUndefined();
}

/**
 * Parameters that the IDL marks [unique], sinks, which null withdraws, and language ids, for which
 * null means the user's language.
 */
const nullable = new Set([
  'IBackgroundCopyJob::SetProxySettings 1',
  'IBackgroundCopyJob::SetProxySettings 2',
  'IBackgroundCopyJob2::SetNotifyCmdLine 0',
  'IBackgroundCopyJob2::SetNotifyCmdLine 1',
  'IBackgroundCopyJob2::SetReplyFileName 0',
  'IBackgroundCopyJobHttpOptions::SetCustomHeaders 0',
  'IDODownload::Start 0',
  'IDOManager::EnumDownloads 0',
  'IBackgroundCopyJob::SetNotifyInterface 0',
  'IBackgroundCopyManager::GetErrorDescription 1',
  'IBackgroundCopyError::GetErrorDescription 0',
  'IBackgroundCopyError::GetErrorContextDescription 0',
  'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface 0',
]);

function mayBeNull({ row, at, type }: Argument): boolean {
  // For a size, null means unknown.
  return type === 'UINT64' || nullable.has(`${row.address} ${String(at)}`);
}

describe('null is refused for', () => {
  it.each(titled(everyArgument.filter((one) => !mayBeNull(one))))('%s', async (_, argument) => {
    await expectRefusal(argument, null);
  });
});

describe('a value of another kind is refused for', () => {
  const kinds: [string, Value[]][] = [
    ['text', [5, true, ['text'], { text: 'text' }, Buffer.from('text')]],
    ['number', ['5', true, [5], { number: 5 }, 1.5, NaN, Infinity, 2 ** 32, -(2 ** 31) - 1]],
    ['size', ['5', true, [5], 1.5, -1, 2 ** 53, Infinity]],
    ['flag', [0, 1, 'true', [], {}]],
    ['GUID', [5, '', 'no GUID', '0123abcd-4567-89ef-fedc-ba987654320', '{0123abcd}', {}]],
    [
      'bytes',
      ['bytes', 20, Buffer.alloc(19), Buffer.alloc(21), Array.from('12345678901234567890')],
    ],
    ['list', ['list', 2, {}, [5], [{}], [null]]],
    ['record', ['record', 2, [], {}]],
    ['variant', ['text', 8, [], {}, { vt: 8 }, { value: 'text' }, { vt: '8', value: 'text' }]],
    ['sink', ['sink', 5, [], {}]],
  ];

  function kindOf(type: string): string {
    if (type === 'LPCWSTR' || type === 'BITS_FILE_PROPERTY_VALUE') return 'text';
    if (type === 'UINT64') return 'size';
    if (type === 'BOOL') return 'flag';
    if (type === 'REFGUID' || type === 'BITS_JOB_PROPERTY_VALUE') return 'GUID';
    if (type === 'byte*') return 'bytes';
    if (type === 'const VARIANT*') return 'variant';
    if (type === 'IUnknown*') return 'sink';
    if (/FILE_(INFO|RANGE)\*|RANGES_INFO\*/.test(type)) return 'list';
    return type.endsWith('*') ? 'record' : 'number';
  }

  it.each(titled(everyArgument))('%s', async (_, argument) => {
    const wrong = kinds.find(([kind]) => kind === kindOf(argument.type))?.[1] ?? [];
    expect(wrong).not.toEqual([]);
    for (const value of wrong) await expectRefusal(argument, value);
  });
});

// The service would read such a text only up to the NUL.
describe('text with an embedded NUL is refused for', () => {
  it.each(titled(everyArgument.filter(({ type }) => isText(type))))('%s', async (_, argument) => {
    await expectRefusal(argument, 'before\0after');
  });

  const withTexts = everyArgument.filter(({ row, at }) => {
    const value = goodArguments(row)[at]?.value;
    return spoiled(value ?? null).length > 0;
  });

  it.each(titled(withTexts))('a text of %s', async (_, argument) => {
    const { value } = goodArguments(argument.row)[argument.at] ?? {};
    for (const wrong of spoiled(value ?? null)) await expectRefusal(argument, wrong);
  });
});

/** Copies of a structure or of a list of structures, each with a NUL in one text. None for VARIANTs. */
function spoiled(value: Value): Value[] {
  if (Array.isArray(value)) {
    const list = value as Value[];
    return list.flatMap((item, at) => spoiled(item).map((one) => list.with(at, one)));
  }
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  const record = value as Record<string, Value>;
  if ('vt' in record) return [];
  return Object.entries(record).flatMap(([name, field]) =>
    typeof field === 'string' ? [{ ...record, [name]: `${field}\0` }] : [],
  );
}

describe('one argument too many is refused by', () => {
  it.each(clientRows.map((row) => [row.address, row] as const))('%s', async (_, row) => {
    const args = goodArguments(row).map(({ value }) => value);
    for (const more of ['more', null]) {
      const outcome = await scene.invoke(row.address, [...args, more]);
      expect(outcome).toMatchObject({ value: null, stage: 'argument' });
    }
  });
});

describe('an unknown method throws a TypeError:', () => {
  it.each([
    'GetState',
    'IBackgroundCopyJob::getState',
    'IBackgroundCopyJob2::GetState', // inherited: its row belongs to IBackgroundCopyJob
    'IBackgroundCopyCallback::JobTransferred',
    'IEnumBackgroundCopyJobs::Next',
    'IDODownloadInternal::GetPropertyEx',
    'IDeliveryOptimizationFile::GetStats', // sources disagree about its slot
    'IUnknown::Release',
    '',
  ])('"%s"', (address) => {
    expect(() => binding.invoke(scene.manager, address, [], null)).toThrow(TypeError);
    const calls = [{ row: address, args: [] }];
    expect(() => binding.invokeMany(scene.manager, calls, null)).toThrow(TypeError);
    const then = [{ row: 'IBackgroundCopyManager::EnumJobs', args: [0], then: calls }];
    expect(() => binding.invokeMany(scene.manager, then, null)).toThrow(TypeError);
  });
});

it('an unknown handle in a VARIANT throws a TypeError', () => {
  const setProperty = 'IDODownload::SetProperty';
  const args = [0, { vt: 13, value: { handle: 987_654 } }];
  expect(() => binding.invoke(scene.manager, setProperty, args, null)).toThrow(TypeError);
});

it('a value that cannot cross the boundary throws a TypeError', () => {
  const address = 'IBackgroundCopyJob::SetDescription';
  for (const wrong of [Symbol('wrong'), expect, 5n]) {
    const args = [wrong as unknown as Value];
    expect(() => binding.invoke(scene.manager, address, args, null)).toThrow(TypeError);
  }
});
