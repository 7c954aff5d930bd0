// SPDX-License-Identifier: MIT
//
// IDODownload's status callback: handed in as a VARIANT, called on a service's thread, and emitted
// unchanged.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uint32 } from '../recorder/plan.js';
import type { RecordedObject, RecordedSink } from '../recorder/recorder.js';
import type { Handle } from '../../typings/binding.js';
import { hresultOf, iidOf, rowAt } from '../facts/facts.js';
import { eventually, Scene } from '../recorder/scene.js';
import { layoutOf } from '../facts/struct-layout.js';

const vtUnknown = 13;
const setProperty = 'IDODownload::SetProperty';
const getProperty = 'IDODownload::GetProperty';
const onStatusChange = rowAt('IDODownloadStatusCallback::OnStatusChange');

let scene: Scene;
let download: RecordedObject;
let handle: Handle;
let subscription: Handle;

beforeEach(async () => {
  scene = await Scene.open('IDOManager');
  download = scene.object();
  handle = await scene.handleOf(download, 'IDODownload');
  subscription = scene.subscribe('status', null);
});

afterEach(async () => {
  await scene.close();
});

async function handIn(): Promise<RecordedSink> {
  scene.tell(download, setProperty, {
    steps: [{ kind: 'keepSink', argument: 1, behind: true, offset: 8 }],
  });
  const value = { vt: vtUnknown, value: { handle: subscription } };
  expect((await scene.invoke(setProperty, [8, value], handle)).hresult).toBe(0);
  return scene.sink(scene.calls(setProperty).at(-1)?.copies[0]);
}

function status(transferred: number): Buffer {
  const { fields, size } = layoutOf('DO_DOWNLOAD_STATUS');
  const bytes = Buffer.alloc(size);
  const at = (name: string) => fields.find((field) => field.name === name)?.offset ?? NaN;
  bytes.fill(0xff, at('BytesTotal'), at('BytesTotal') + 8);
  bytes.writeBigUInt64LE(BigInt(transferred), at('BytesTransferred'));
  bytes.writeInt32LE(99, at('State'));
  bytes.writeUInt32LE(hresultOf('DO_E_DOWNLOAD_NO_PROGRESS'), at('Error'));
  bytes.writeUInt32LE(0x80072ee7, at('ExtendedError'));
  return bytes;
}

it('the sink emits each status in order and unchanged', async () => {
  const sink = await handIn();
  const from = { object: download, iid: iidOf('IDODownload') };
  for (const transferred of [1, 2 ** 40, 3]) {
    expect(await sink.call(onStatusChange, [from, status(transferred)])).toBe(0);
  }
  await eventually(() => {
    expect(scene.eventsOf(subscription)).toHaveLength(3);
  });
  expect(scene.eventsOf(subscription)).toEqual(
    [1, 2 ** 40, 3].map((bytesTransferred) => ({
      subscription,
      kind: 'status',
      value: {
        bytesTotal: null,
        bytesTransferred,
        state: 99,
        error: hresultOf('DO_E_DOWNLOAD_NO_PROGRESS'),
        extendedError: 0x80072ee7,
      },
    })),
  );
});

it('the sink makes no call of its own', async () => {
  const sink = await handIn();
  const before = scene.calls().length;
  await sink.call(onStatusChange, [{ object: download, iid: iidOf('IDODownload') }, status(1)]);
  expect(scene.calls()).toHaveLength(before);
});

it('the sink ignores a null status', async () => {
  const sink = await handIn();
  expect(await sink.call(onStatusChange, [0, 0])).toBe(0);
  expect(await sink.call(onStatusChange, [0, status(5)])).toBe(0);
  await eventually(() => {
    expect(scene.eventsOf(subscription)).toHaveLength(1);
  });
});

it('a service may keep calling a sink that was released', async () => {
  const sink = await handIn();
  scene.release(subscription);
  expect(await sink.call(onStatusChange, [0, status(1)])).toBe(0);
});

describe('a sink that a service returns', () => {
  const typeStep = { kind: 'writeBytes', argument: 1, data: Buffer.from([vtUnknown, 0]) } as const;

  it("is 'ours' while its subscription lives", async () => {
    const sink = await handIn();
    scene.tell(download, getProperty, {
      steps: [typeStep, { kind: 'writeSink', argument: 1, offset: 8, data: uint32(sink.number) }],
    });
    const { value } = await scene.invoke(getProperty, [8], handle);
    expect(value).toEqual({ vt: vtUnknown, value: 'ours' });
  });

  it("is 'foreign' after its subscription was released", async () => {
    const sink = await handIn();
    scene.release(subscription);
    scene.tell(download, getProperty, {
      steps: [typeStep, { kind: 'writeSink', argument: 1, offset: 8, data: uint32(sink.number) }],
    });
    await eventually(async () => {
      const { value } = await scene.invoke(getProperty, [8], handle);
      expect(value).toEqual({ vt: vtUnknown, value: 'foreign' });
    });
  });
});
