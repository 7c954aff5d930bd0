// SPDX-License-Identifier: MIT
//
// Our IStream. A service's threads write to it. They wait while the reader is behind, and are woken
// with E_ABORT if the reader has gone.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handle } from '../../typings/binding.js';
import type { RecordedSink } from '../recorder/recorder.js';
import { hresultOf } from '../facts/facts.js';
import { binding, eventually, Scene } from '../recorder/scene.js';
import { others, streams, writeSlot } from '../facts/stream-slots.js';

const setProperty = 'IDODownload::SetProperty';
const streamInterface = 14;
const vtUnknown = 13;
const capacity = 100;

let scene: Scene;
let subscription: Handle;
let sink: RecordedSink;

beforeEach(async () => {
  scene = await Scene.open('IDOManager');
  const download = scene.object();
  const handle = await scene.handleOf(download, 'IDODownload');
  subscription = scene.subscribe('stream', null, { capacity });
  scene.tell(download, setProperty, {
    steps: [{ kind: 'keepSink', argument: 1, behind: true, offset: 8 }],
  });
  const value = { vt: vtUnknown, value: { handle: subscription } };
  expect((await scene.invoke(setProperty, [streamInterface, value], handle)).hresult).toBe(0);
  sink = scene.sink(scene.calls(setProperty).at(-1)?.copies[0]);
});

afterEach(async () => {
  await scene.close();
});

function write(bytes: Buffer, written: Buffer | 0 = 0, iid: string = streams.IStream) {
  return sink.call({ iid, slot: writeSlot }, [bytes, bytes.length, written]);
}

interface Data {
  bytes: Uint8Array;
  question: number;
}

function data(): Data[] {
  return scene.eventsOf(subscription).map(({ kind, value }) => {
    expect(kind).toBe('data');
    return value as unknown as Data;
  });
}

function came(): Buffer {
  return Buffer.concat(data().map(({ bytes }) => bytes));
}

function take(count: number | boolean): boolean {
  return binding.answer(data()[0]?.question ?? 0, count);
}

it.each(Object.entries(streams))('the stream takes what is written through %s', async (_, iid) => {
  const bytes = Buffer.from('some bytes');
  expect(await write(bytes, 0, iid)).toBe(0);
  await eventually(() => {
    expect(came()).toEqual(bytes);
  });
});

it("the stream copies, and does not keep the service's memory", async () => {
  for (const text of ['one', 'two', 'three']) expect(await write(Buffer.from(text))).toBe(0);
  await eventually(() => {
    expect(came().toString()).toBe('onetwothree');
  });
});

it('an empty write succeeds, and null with a length fails', async () => {
  expect(await write(Buffer.alloc(0))).toBe(0);
  expect(await sink.call({ iid: streams.IStream, slot: writeSlot }, [0, 0, 0])).toBe(0);
  expect(await sink.call({ iid: streams.IStream, slot: writeSlot }, [0, 5, 0])).toBeGreaterThan(
    0x8000_0000,
  );
  expect(data()).toEqual([]);
});

it('a full stream holds a write, but none of our calls', async () => {
  expect(await write(Buffer.alloc(60, 1))).toBe(0);
  let answered = false;
  const second = write(Buffer.alloc(60, 2)).finally(() => (answered = true));
  await eventually(() => {
    expect(came()).toHaveLength(capacity);
  });
  // JavaScript runs on, and so do calls on the service's other objects.
  expect((await scene.invoke('IDODownload::GetStatus')).hresult).toBe(0);
  expect(answered).toBe(false);
  expect(came()).toHaveLength(capacity);
  expect(take(30)).toBe(true);
  expect(await second).toBe(0);
  await eventually(() => {
    expect(came()).toEqual(Buffer.concat([Buffer.alloc(60, 1), Buffer.alloc(60, 2)]));
  });
});

it('a write that is larger than the stream passes through in pieces', async () => {
  const bytes = Buffer.from(Array.from({ length: 1050 }, (_, at) => at % 251));
  let [answered, taken] = [false, 0];
  const writing = write(bytes).finally(() => (answered = true));
  while (!answered) {
    await eventually(() => {
      expect(answered || came().length > taken).toBe(true);
    });
    const now = came().length;
    expect(now - taken).toBeLessThanOrEqual(capacity);
    if (now > taken) take(now - taken);
    taken = now;
  }
  expect(await writing).toBe(0);
  await eventually(() => {
    expect(came()).toEqual(bytes);
  });
});

describe('a write that is held', () => {
  async function held(): Promise<Promise<number>[]> {
    await write(Buffer.alloc(capacity));
    const writes = [write(Buffer.from('more')), write(Buffer.from('and more'))];
    await eventually(() => {
      expect(came()).toHaveLength(capacity);
    });
    return writes;
  }

  it('fails with E_ABORT when the subscription is released', async () => {
    const writes = await held();
    scene.release(subscription);
    expect(await Promise.all(writes)).toEqual([hresultOf('E_ABORT'), hresultOf('E_ABORT')]);
    expect(take(1)).toBe(false);
    expect(await write(Buffer.from('later'))).toBe(hresultOf('E_ABORT'));
  });

  it('fails with E_ABORT when the reader refuses it', async () => {
    const writes = await held();
    expect(take(false)).toBe(true);
    expect(await Promise.all(writes)).toEqual([hresultOf('E_ABORT'), hresultOf('E_ABORT')]);
  });
});

it.each(others)('%s answers E_NOTIMPL', async (_, slot, args) => {
  expect(await sink.call({ iid: streams.IStream, slot }, args)).toBe(hresultOf('E_NOTIMPL'));
  expect(data()).toEqual([]);
});
