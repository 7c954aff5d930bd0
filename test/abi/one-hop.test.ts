// SPDX-License-Identifier: MIT
//
// Several calls in one hop to an object's strand, and calls on the objects that they return.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedObject } from '../recorder/recorder.js';
import type { Handle } from '../../typings/binding.js';
import { hresultOf, iidOf, rowAt } from '../facts/facts.js';
import { Scene } from '../recorder/scene.js';
import { noObject, writtenObject, writtenText } from '../recorder/taken.js';
import type { RawCall } from '../binding/raw-boundary.js';

const getState = 'IBackgroundCopyJob::GetState';
const getId = 'IBackgroundCopyJob::GetId';
const getOwner = 'IBackgroundCopyJob::GetOwner';
const enumFiles = 'IBackgroundCopyJob::EnumFiles';
const getRemoteName = 'IBackgroundCopyFile::GetRemoteName';
const getLocalName = 'IBackgroundCopyFile::GetLocalName';

let scene: Scene;
let job: RecordedObject;
let handle: Handle;

beforeEach(async () => {
  scene = await Scene.open();
  job = scene.object();
  handle = await scene.handleOf(job, 'IBackgroundCopyJob');
});

afterEach(async () => {
  job.letGo();
  await scene.close();
});

function call(row: string, more: Partial<RawCall> = {}): RawCall {
  return { row, args: [], ...more };
}

function many(calls: RawCall[], timeout = 20_000) {
  return scene.invokeMany(timeout, calls, handle);
}

it('the calls of a hop run in order on one thread, whatever each returns', async () => {
  scene.tell(job, getState, { hresult: 0x80200001 });
  scene.tell(job, getId, {
    steps: [{ kind: 'writeBytes', argument: 0, data: Buffer.alloc(16, 0xab) }],
  });
  expect(await many([call(getState), call(getId), call(getOwner)])).toEqual([
    { hresult: 0x80200001, value: null },
    { hresult: 0, value: 'abababab-abab-abab-abab-abababababab' },
    { hresult: 0, value: null },
  ]);
  const calls = scene.calls().filter(({ object }) => object === job.number);
  expect(calls.map(({ slot }) => slot)).toEqual(
    [getState, getId, getOwner].map((address) => rowAt(address).slot),
  );
  expect(new Set(calls.map(({ thread }) => thread)).size).toBe(1);
});

it.each([1, 2, -1, NaN, Infinity, 1e300])(
  'a call on the condition of what call %d gave is skipped if there is none',
  async (at) => {
    const when = { call: at, gave: [0, null] };
    const outcomes = await many([call(getState), call(getOwner, { when })]);
    expect(outcomes.map(({ stage }) => stage)).toEqual([undefined, 'skipped']);
    const calls = scene.calls().filter(({ object }) => object === job.number);
    expect(calls.map(({ slot }) => slot)).toEqual([rowAt(getState).slot]);
  },
);

it('a refused call does not stop the others', async () => {
  const refused = call('IBackgroundCopyJob::SetDescription', { args: [5] });
  const outcomes = await many([refused, call(getOwner)]);
  expect(outcomes).toMatchObject([{ stage: 'argument' }, { hresult: 0, value: null }]);
  expect(scene.calls('IBackgroundCopyJob::SetDescription')).toEqual([]);
});

it('a call on a missing interface does not stop the others', async () => {
  job.deny(iidOf('IBackgroundCopyJob5'));
  const missing = call('IBackgroundCopyJob5::GetProperty', { args: [1] });
  const outcomes = await many([missing, call(getOwner)]);
  expect(outcomes).toMatchObject([
    { stage: 'interface', hresult: hresultOf('E_NOINTERFACE') },
    { hresult: 0, value: null },
  ]);
});

it('past the deadline the last outcome is a timeout', async () => {
  scene.tell(job, getState, { held: true });
  const outcomes = await many([call(getState), call(getId)], 200);
  expect(outcomes).toHaveLength(1);
  expect(outcomes[0]).toMatchObject({ stage: 'timeout', mayHaveRun: true });
});

it('a released handle gives a single closed outcome', async () => {
  scene.release(handle);
  const outcomes = await many([call(getState), call(getId)]);
  expect(outcomes).toHaveLength(1);
  expect(outcomes[0]).toMatchObject({ stage: 'closed' });
});

describe('calls on what a call returns', () => {
  function files(count: number): RecordedObject[] {
    const made = Array.from({ length: count }, () => scene.object());
    for (const [i, file] of made.entries()) {
      scene.tell(file, getRemoteName, { steps: [writtenText(0, `remote ${String(i)}`)] });
      scene.tell(file, getLocalName, { hresult: 0x80070005 });
    }
    const enumerator = scene.object();
    enumerator.enumerate(made, iidOf('IBackgroundCopyFile'));
    scene.tell(job, enumFiles, {
      steps: [writtenObject(0, enumerator, 'IEnumBackgroundCopyFiles')],
    });
    return made;
  }

  const then = [call(getRemoteName), call(getLocalName)];
  const outcomes = (i: number) => [
    { hresult: 0, value: `remote ${String(i)}` },
    { hresult: 0x80070005, value: null },
  ];

  it('are made on each object of a list, and leave no handle', async () => {
    files(40);
    expect(await many([call(enumFiles, { then })])).toEqual([
      {
        hresult: 0,
        value: Array.from({ length: 40 }, (_, i) => ({ object: null, outcomes: outcomes(i) })),
      },
    ]);
  });

  it('leave the handles that the caller wants to keep', async () => {
    files(2);
    const object = { handle: expect.any(Number) as number };
    expect(await many([call(enumFiles, { then, keep: true })])).toEqual([
      { hresult: 0, value: [0, 1].map((i) => ({ object, outcomes: outcomes(i) })) },
    ]);
  });

  it('are made on one object, and on what that returns', async () => {
    const [error, file] = [scene.object(), scene.object()];
    scene.tell(job, 'IBackgroundCopyJob::GetError', {
      steps: [writtenObject(0, error, 'IBackgroundCopyError')],
    });
    scene.tell(error, 'IBackgroundCopyError::GetFile', {
      steps: [writtenObject(0, file, 'IBackgroundCopyFile')],
    });
    scene.tell(file, getRemoteName, { steps: [writtenText(0, 'remote')] });
    const getFile = call('IBackgroundCopyError::GetFile', { then: [call(getRemoteName)] });
    const [outcome] = await many([call('IBackgroundCopyJob::GetError', { then: [getFile] })]);
    const inner = { object: null, outcomes: [{ hresult: 0, value: 'remote' }] };
    const outer = { object: null, outcomes: [{ hresult: 0, value: inner }] };
    expect(outcome).toEqual({ hresult: 0, value: outer });
  });

  it('are not made without an object, or after a failure', async () => {
    const followed = call('IBackgroundCopyJob::GetError', { then: [call(getRemoteName)] });
    expect(await many([followed])).toEqual([noObject]);
    scene.tell(job, 'IBackgroundCopyJob::GetError', { hresult: 0x8020000f });
    expect(await many([followed])).toEqual([{ hresult: 0x8020000f, value: null }]);
    expect(scene.calls(getRemoteName)).toEqual([]);
  });
});
