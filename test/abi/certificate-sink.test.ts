// SPDX-License-Identifier: MIT
//
// The certificate callback. S_OK makes the service trust the server, so only an explicit true may
// lead to it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedSink } from '../recorder/recorder.js';
import type { Handle, Value } from '../../typings/binding.js';
import { iidOf, rowAt } from '../facts/facts.js';
import { binding, eventually, Scene } from '../recorder/scene.js';
import type { RawEvent } from '../binding/raw-boundary.js';

const setInterface = 'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface';
const validate = rowAt(
  'IBackgroundCopyServerCertificateValidationCallback::ValidateServerCertificate',
);

let scene: Scene;
let subscription: Handle;
let sink: RecordedSink;

beforeEach(async () => {
  scene = await Scene.open();
  subscription = scene.subscribe('certificate', null);
  sink = await handIn(subscription);
});

afterEach(async () => {
  await scene.close();
});

async function handIn(handle: Handle): Promise<RecordedSink> {
  scene.tell(scene.root, setInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
  expect((await scene.invoke(setInterface, [{ handle }])).hresult).toBe(0);
  return scene.sink(scene.calls(setInterface).at(-1)?.copies[0]);
}

const certificate = Buffer.from([0x30, 0x82, 0, 0xff]);
const store = Buffer.from('a chain of certificates');

function ask(): Promise<number> {
  return sink.call(validate, [
    { object: scene.root, iid: iidOf('IBackgroundCopyJob') },
    { object: scene.root, iid: iidOf('IBackgroundCopyFile') },
    certificate.length,
    certificate,
    1,
    store.length,
    store,
  ]);
}

async function questions(count: number): Promise<RawEvent[]> {
  return eventually(() => {
    const events = scene.eventsOf(subscription);
    expect(events).toHaveLength(count);
    return events;
  });
}

function numberOf(event: RawEvent | undefined): number {
  return (event?.value as { question: number }).question;
}

it('the sink passes on everything that the service gave it, and makes no call', async () => {
  const before = scene.calls().length;
  const answered = ask();
  const [event] = await questions(1);
  expect(event).toEqual({
    subscription,
    kind: 'certificate',
    value: { certificate, encodingType: 1, store, question: expect.any(Number) as number },
  });
  expect(binding.answer(numberOf(event), true)).toBe(true);
  expect(await answered).toBe(0);
  expect(scene.calls()).toHaveLength(before);
});

describe('any answer but true is a no:', () => {
  it.each<Value>([false, null, 1, 'true', 'yes', [true], { good: true }])('%j', async (answer) => {
    const answered = ask();
    const [event] = await questions(1);
    expect(binding.answer(numberOf(event), answer)).toBe(true);
    expect(await answered).toBeGreaterThanOrEqual(0x8000_0000);
  });
});

it('the first answer counts', async () => {
  const answered = ask();
  const [event] = await questions(1);
  const question = numberOf(event);
  expect(binding.answer(question, false)).toBe(true);
  expect(binding.answer(question, true)).toBe(false);
  expect(await answered).toBeGreaterThanOrEqual(0x8000_0000);
  expect(binding.answer(question, true)).toBe(false);
});

it('each question has its own answer', async () => {
  const answered = [ask(), ask(), ask()];
  const events = await questions(3);
  const good = numberOf(events[1]);
  for (const event of events) binding.answer(numberOf(event), numberOf(event) === good);
  const hresults = await Promise.all(answered);
  expect(hresults.filter((hresult) => hresult === 0)).toHaveLength(1);
});

it('no answer within 10 s is a no', async () => {
  const answered = ask();
  const [event] = await questions(1);
  expect(await answered).toBeGreaterThanOrEqual(0x8000_0000);
  expect(binding.answer(numberOf(event), true)).toBe(false);
});

it('an unknown question takes no answer', () => {
  expect(binding.answer(987_654, true)).toBe(false);
});

it('a null certificate and a null store arrive as empty buffers', async () => {
  const answered = sink.call(validate, [0, 0, 5, 0, 1, 5, 0]);
  const [event] = await questions(1);
  expect(event?.value).toMatchObject({ certificate: Buffer.alloc(0), store: Buffer.alloc(0) });
  binding.answer(numberOf(event), false);
  await answered;
});

it('the sink is refused where another kind belongs, and vice versa', async () => {
  const before = scene.calls().length;
  const status = scene.subscribe('status', null);
  for (const [address, handle] of [
    ['IBackgroundCopyJob::SetNotifyInterface', subscription],
    [setInterface, status],
    [setInterface, scene.manager],
  ] as const) {
    expect(await scene.invoke(address, [{ handle }])).toMatchObject({
      value: null,
      stage: 'argument',
    });
  }
  expect(scene.calls()).toHaveLength(before);
});
