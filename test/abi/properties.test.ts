// SPDX-License-Identifier: MIT
//
// The properties of BITS jobs and files: a union whose member the property's id selects.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guidBytes, uint32, uint64 } from '../recorder/plan.js';
import type { Value } from '../../typings/binding.js';
import { enumValue, hresultOf } from '../facts/facts.js';
import { Scene } from '../recorder/scene.js';
import { layoutOf } from '../facts/struct-layout.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

const guid = '0123abcd-4567-89ef-fedc-ba9876543210';

/** As the union in bits5_0.idl declares them. */
const ofJob: [string, Value, Buffer][] = [
  ['BITS_JOB_PROPERTY_ID_COST_FLAGS', 0x80000001, uint32(0x80000001)],
  ['BITS_JOB_PROPERTY_NOTIFICATION_CLSID', guid, guidBytes(guid)],
  ['BITS_JOB_PROPERTY_DYNAMIC_CONTENT', true, uint32(1)],
  ['BITS_JOB_PROPERTY_DYNAMIC_CONTENT', false, uint32(0)],
  ['BITS_JOB_PROPERTY_HIGH_PERFORMANCE', true, uint32(1)],
  ['BITS_JOB_PROPERTY_MAX_DOWNLOAD_SIZE', 2 ** 40 + 1, uint64(2 ** 40 + 1)],
  ['BITS_JOB_PROPERTY_MAX_DOWNLOAD_SIZE', null, Buffer.alloc(8, 0xff)],
  ['BITS_JOB_PROPERTY_USE_STORED_CREDENTIALS', 2, uint32(2)],
  ['BITS_JOB_PROPERTY_MINIMUM_NOTIFICATION_INTERVAL_MS', 500, uint32(500)],
  ['BITS_JOB_PROPERTY_ON_DEMAND_MODE', true, uint32(1)],
];

const { size } = layoutOf('BITS_JOB_PROPERTY_VALUE');

describe("a job's property", () => {
  it.each(ofJob)('%s is passed in: %j', async (name, value, bytes) => {
    const address = 'IBackgroundCopyJob5::SetProperty';
    scene.tell(scene.root, address, {
      steps: [{ kind: 'copyBytes', argument: 1, data: uint32(size) }],
    });
    const outcome = await scene.invoke(address, [enumValue(name), value]);
    expect(outcome).toEqual({ hresult: 0, value: null });
    const [call] = scene.calls(address);
    expect(Number(BigInt.asUintN(32, BigInt(call?.arguments[0] ?? -1)))).toBe(enumValue(name));
    const whole = Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);
    expect(call?.copies).toEqual([whole.toString('hex')]);
  });

  it.each(ofJob)('%s is returned: %j', async (name, value, bytes) => {
    const address = 'IBackgroundCopyJob5::GetProperty';
    scene.tell(scene.root, address, {
      steps: [{ kind: 'writeBytes', argument: 1, data: bytes }],
    });
    const outcome = await scene.invoke(address, [enumValue(name)]);
    expect(outcome).toEqual({ hresult: 0, value });
  });

  // A proxy would fail to marshal them: the union has no member for these ids.
  it.each([0, 11, 99, -1])('with the id %i is refused when set', async (id) => {
    const address = 'IBackgroundCopyJob5::SetProperty';
    expect(await scene.invoke(address, [id, 1])).toMatchObject({
      hresult: hresultOf('E_INVALIDARG'),
      value: null,
      stage: 'argument',
    });
    expect(scene.calls()).toEqual([]);
  });

  it.each([0, 11, 99, -1])('with the id %i is refused when read', async (id) => {
    const outcome = await scene.invoke('IBackgroundCopyJob5::GetProperty', [id]);
    expect(outcome).toMatchObject({ value: null, stage: 'argument' });
    expect(scene.calls()).toEqual([]);
  });

  it.each<[string, Value]>([
    ['BITS_JOB_PROPERTY_ID_COST_FLAGS', true],
    ['BITS_JOB_PROPERTY_NOTIFICATION_CLSID', 5],
    ['BITS_JOB_PROPERTY_DYNAMIC_CONTENT', 1],
    ['BITS_JOB_PROPERTY_MAX_DOWNLOAD_SIZE', -1],
    ['BITS_JOB_PROPERTY_USE_STORED_CREDENTIALS', null],
  ])('%s cannot be %j', async (name, wrong) => {
    const address = 'IBackgroundCopyJob5::SetProperty';
    const outcome = await scene.invoke(address, [enumValue(name), wrong]);
    expect(outcome).toMatchObject({ value: null, stage: 'argument' });
    expect(scene.calls()).toEqual([]);
  });
});

describe("a file's property", () => {
  it.each([0, 2, 99])('with the id %i is refused', async (id) => {
    for (const [address, args] of [
      ['IBackgroundCopyFile5::SetProperty', [id, 'text']],
      ['IBackgroundCopyFile5::GetProperty', [id]],
    ] as const) {
      const outcome = await scene.invoke(address, [...args]);
      expect(outcome).toMatchObject({ value: null, stage: 'argument' });
    }
    expect(scene.calls()).toEqual([]);
  });

  it('with an embedded NUL is refused', async () => {
    const id = enumValue('BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS');
    const outcome = await scene.invoke('IBackgroundCopyFile5::SetProperty', [id, 'a\0b']);
    expect(outcome).toMatchObject({ value: null, stage: 'argument' });
    expect(scene.calls()).toEqual([]);
  });
});
