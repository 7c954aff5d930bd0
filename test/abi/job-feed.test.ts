// SPDX-License-Identifier: MIT
//
// What is told of a job: callbacks come on a service's threads, again and again or never; a state
// is told once for each entry into it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uint32 } from '../recorder/plan.js';
import { hresultOf, iidOf } from './facts.js';
import {
  failed,
  flags,
  flagsBefore,
  modified,
  RecordedJob,
  setFlags,
  setNotify,
  subscription,
  transferred,
  written,
} from './recorded-job.js';
import { eventually, Scene } from './scene.js';
import { layoutOf } from './struct-layout.js';
import { writtenObject, writtenText } from './taken.js';

let scene: Scene;
let job: RecordedJob;

beforeEach(async () => {
  scene = await Scene.open();
  job = await RecordedJob.make(scene);
});

afterEach(async () => {
  await scene.close();
});

describe('a subscription', () => {
  it('sets its interface, adds its flags to those that stand, and tells what is', async () => {
    const state = job.enter('TRANSFERRING');
    const [handle] = await job.subscribe();
    await job.told(handle, 1);
    expect(
      scene.eventsOf(handle).map(({ kind, value }) => [kind, (value as { state: number }).state]),
    ).toEqual([
      ['progress', state],
      ['state', state],
    ]);
    expect(scene.calls(setNotify)).toHaveLength(1);
    const widened = scene.calls(setFlags).map((call) => Number(BigInt(call.arguments[0] ?? 0)));
    expect(widened.map((bits) => bits & 0xff)).toEqual([flags | flagsBefore]);
  });

  it('is told only of what it wants', async () => {
    job.enter('TRANSFERRING');
    const [handle, sink] = await job.subscribe({ tells: ['state'] });
    await job.call(sink, modified);
    await job.settled();
    await job.told(handle, 1);
    expect(scene.eventsOf(handle)).toHaveLength(1);
  });

  it('is not made where there is no job', () => {
    expect(() => scene.subscribe('job', null)).toThrow();
    expect(() => scene.subscribe('weather', job.handle)).toThrow();
  });

  it('warns where the service refuses to call back, and tells all the same', async () => {
    scene.tell(job.object, setNotify, { hresult: hresultOf('E_ACCESSDENIED') });
    scene.tell(job.object, setFlags, { hresult: hresultOf('E_NOTIMPL') });
    const state = job.enter('QUEUED');
    const handle = scene.subscribe('job', job.handle, subscription);
    expect(await job.told(handle, 1)).toEqual([state]);
    const warnings = scene.eventsOf(handle).filter(({ kind }) => kind === 'warning');
    expect(warnings.map(({ value }) => value)).toEqual([
      { operation: setNotify, hresult: hresultOf('E_ACCESSDENIED') },
      { operation: setFlags, hresult: hresultOf('E_NOTIMPL') },
    ]);
  });

  it('says that a job cannot be read, and once more that it lasts', async () => {
    scene.tell(job.object, 'IBackgroundCopyJob::GetState', { hresult: 0x800706ba });
    const [handle, sink] = await job.subscribe();
    for (let i = 0; i < 3; ++i) {
      await job.call(sink, modified);
      await job.settled();
    }
    await eventually(() => {
      expect(scene.eventsOf(handle)).not.toHaveLength(0);
    });
    job.enter('QUEUED');
    await job.call(sink, modified);
    await job.told(handle, 1);
    const trouble = { operation: 'IBackgroundCopyJob::GetState', hresult: 0x800706ba };
    const lost = scene.eventsOf(handle).filter(({ kind }) => kind === 'lost');
    expect(lost.map(({ value }) => value)).toEqual([trouble, { ...trouble, lasts: true }]);
  });
});

describe('a state', () => {
  it('is told once for each entry, however often the service calls', async () => {
    const first = job.enter('TRANSFERRING');
    const [handle, sink] = await job.subscribe();
    const second = job.enter('TRANSFERRED');
    await Promise.all([1, 2, 3, 4, 5].map(() => job.call(sink, transferred)));
    await job.call(sink, transferred);
    await job.settled();
    const third = job.enter('ACKNOWLEDGED');
    await job.call(sink, modified);
    expect(await job.told(handle, 3)).toEqual([first, second, third]);
  });

  it('is told again when it was left and entered again', async () => {
    const first = job.enter('SUSPENDED');
    const [handle, sink] = await job.subscribe();
    const second = job.enter('TRANSFERRING');
    await job.call(sink, modified);
    await job.told(handle, 2);
    job.enter('SUSPENDED');
    await job.call(sink, modified);
    expect(await job.told(handle, 3)).toEqual([first, second, first]);
  });

  it('is seen by the poll where no callback comes', async () => {
    const first = job.enter('QUEUED');
    const [handle] = await job.subscribe({ poll: 20 });
    const second = job.enter('TRANSFERRED');
    expect(await job.told(handle, 2)).toEqual([first, second]);
  });

  it('that no version knows comes as it is', async () => {
    scene.tell(job.object, 'IBackgroundCopyJob::GetState', { steps: written(uint32(99)) });
    const [handle] = await job.subscribe();
    expect(await job.told(handle, 1)).toEqual([99]);
  });
});

it('progress is told when it moves, with an unknown total as null', async () => {
  const { fields, size } = layoutOf('BG_JOB_PROGRESS');
  const move = (bytes: number) => {
    const data = Buffer.alloc(size);
    const at = (name: string) => fields.find((field) => field.name === name)?.offset ?? NaN;
    data.fill(0xff, at('BytesTotal'), at('BytesTotal') + 8);
    data.writeBigUInt64LE(BigInt(bytes), at('BytesTransferred'));
    data.writeUInt32LE(2, at('FilesTotal'));
    data.writeUInt32LE(1, at('FilesTransferred'));
    scene.tell(job.object, 'IBackgroundCopyJob::GetProgress', { steps: written(data) });
  };
  job.enter('TRANSFERRING');
  move(1);
  const [handle, sink] = await job.subscribe({ tells: ['progress'] });
  for (const bytes of [2 ** 33, 2 ** 33]) {
    move(bytes);
    await job.call(sink, modified);
    await job.settled();
  }
  const latest = () => scene.eventsOf(handle).at(-1)?.value;
  await eventually(() => {
    expect(latest()).toMatchObject({
      progress: { bytesTotal: null, bytesTransferred: 2 ** 33, filesTotal: 2, filesTransferred: 1 },
    });
  });
  expect(scene.eventsOf(handle).length).toBeLessThanOrEqual(2);
});

it('an error that the service does not give says so', async () => {
  job.enter('TRANSFERRING');
  const [handle, sink] = await job.subscribe();
  const state = job.enter('ERROR');
  await job.call(sink, failed);
  await job.told(handle, 2);
  const code = hresultOf('E_UNEXPECTED');
  expect(scene.eventsOf(handle).at(-1)?.value).toMatchObject({ state, error: { code } });
});

it('an error is read from the object that came with the call, and let go', async () => {
  const [error, file] = [scene.object(), scene.object()];
  const error_ = 'IBackgroundCopyError';
  scene.tell(error, `${error_}::GetError`, {
    steps: [
      { kind: 'writeBytes', argument: 0, data: uint32(99) },
      { kind: 'writeBytes', argument: 1, data: uint32(0x80190194) },
    ],
  });
  scene.tell(error, `${error_}::GetErrorDescription`, { steps: [writtenText(1, 'not found')] });
  scene.tell(error, `${error_}::GetErrorContextDescription`, { hresult: 0x800706f4 });
  scene.tell(error, `${error_}::GetProtocol`, { steps: [writtenText(0, 'http')] });
  scene.tell(error, `${error_}::GetFile`, {
    steps: [writtenObject(0, file, 'IBackgroundCopyFile')],
  });
  scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { steps: [writtenText(0, 'remote')] });
  scene.tell(file, 'IBackgroundCopyFile::GetLocalName', { steps: [writtenText(0, 'local')] });
  job.enter('TRANSFERRING');
  const [handle, sink] = await job.subscribe();
  const state = job.enter('ERROR');
  await job.call(sink, failed, [{ object: error, iid: iidOf(error_) }]);
  await job.told(handle, 2);
  const last = scene.eventsOf(handle).at(-1);
  expect(last?.kind).toBe('state');
  expect(last?.value).toMatchObject({
    state,
    error: {
      context: 99,
      code: 0x80190194,
      description: 'not found',
      contextDescription: null,
      protocol: 'http',
      file: { remoteName: 'remote', localName: 'local' },
    },
  });
  expect(scene.calls('IBackgroundCopyJob::GetError')).toEqual([]);
});
