// SPDX-License-Identifier: MIT
//
// An enumerator is drained into a list, or the call fails with the reason.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Value } from '../../typings/binding.js';
import type { RecordedObject } from '../recorder/recorder.js';
import { hresultOf, iidOf } from '../facts/facts.js';
import { handlesIn, Scene } from '../recorder/scene.js';
import { noObject, writtenObject } from '../recorder/taken.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

function objects(count: number): RecordedObject[] {
  return Array.from({ length: count }, () => scene.object());
}

function enumJobs(jobs: (RecordedObject | null)[], end?: number) {
  const enumerator = scene.object();
  enumerator.enumerate(jobs, iidOf('IBackgroundCopyJob'), end);
  scene.tell(scene.root, 'IBackgroundCopyManager::EnumJobs', {
    steps: [writtenObject(1, enumerator, 'IEnumBackgroundCopyJobs')],
  });
  return scene.invoke('IBackgroundCopyManager::EnumJobs', [0]);
}

// The library asks an enumerator for 32 elements at a time.
it.each([0, 1, 31, 32, 33, 64, 100])('an enumerator yields all %i elements', async (count) => {
  const { hresult, value } = await enumJobs(objects(count));
  expect(hresult).toBe(0);
  expect(handlesIn(value)).toHaveLength(count);
});

it.each([0, 1, 32, 40])('a failure after %i elements fails the call', async (count) => {
  const gone = 0x800706ba; // RPC_S_SERVER_UNAVAILABLE
  expect(await enumJobs(objects(count), gone)).toEqual({
    hresult: gone,
    value: null,
    stage: 'result',
    mayHaveRun: true,
  });
});

it('an element that lacks its interface fails the call', async () => {
  const [enumerator, good, bad] = [scene.object(), scene.object(), scene.object()];
  bad.deny(iidOf('IDODownload'));
  enumerator.enumerate([good, bad], iidOf('IUnknown'));
  scene.tell(scene.root, 'IDOManager::EnumDownloads', {
    steps: [writtenObject(1, enumerator, 'IEnumUnknown')],
  });
  expect(await scene.invoke('IDOManager::EnumDownloads', [null])).toMatchObject({
    hresult: hresultOf('E_NOINTERFACE'),
    value: null,
    stage: 'result',
  });
});

describe('S_OK', () => {
  it.each<[string, Value[]]>([
    ['IBackgroundCopyManager::EnumJobs', [0]],
    ['IBackgroundCopyJob::EnumFiles', []],
    ['IDOManager::EnumDownloads', [null]],
  ])('without an enumerator is a failure: %s', async (address, args) => {
    expect(await scene.invoke(address, args)).toEqual(noObject);
  });

  it.each([0, 1, 33])('with null in place of element %i is a failure', async (at) => {
    const before = objects(at);
    const after = objects(2);
    expect(await enumJobs([...before, null, ...after])).toEqual(noObject);
    for (const one of [...before, ...after]) {
      await expect.poll(() => one.references).toBe(0);
    }
  });

  it.each([0, 1, 32])('without an element after %i ends the list', async (count) => {
    const { hresult, value } = await enumJobs(objects(count), 0);
    expect(hresult).toBe(0);
    expect(handlesIn(value)).toHaveLength(count);
  });
});

it('DO_E_NO_DOWNLOADS is an empty list where downloads are enumerated', async () => {
  const hresult = hresultOf('DO_E_NO_DOWNLOADS');
  scene.tell(scene.root, 'IDOManager::EnumDownloads', { hresult });
  const outcome = await scene.invoke('IDOManager::EnumDownloads', [null]);
  expect(outcome).toEqual({ hresult: 0, value: [] });
});

it.each(['EnumRecords', 'EnumPeers'])('S_FALSE is an empty list for %s', async (method) => {
  const address = `IBitsPeerCacheAdministration::${method}`;
  scene.tell(scene.root, address, { hresult: 1 });
  expect(await scene.invoke(address)).toEqual({ hresult: 1, value: [] });
  scene.tell(scene.root, address, {});
  expect(await scene.invoke(address)).toEqual(noObject);
});

it('S_FALSE without an enumerator is a failure everywhere else', async () => {
  scene.tell(scene.root, 'IBackgroundCopyManager::EnumJobs', { hresult: 1 });
  expect(await scene.invoke('IBackgroundCopyManager::EnumJobs', [0])).toEqual(noObject);
});

it('DO_E_NO_DOWNLOADS is a failure everywhere else', async () => {
  const hresult = hresultOf('DO_E_NO_DOWNLOADS');
  scene.tell(scene.root, 'IDOManager::CreateDownload', { hresult });
  const outcome = await scene.invoke('IDOManager::CreateDownload');
  expect(outcome).toEqual({ hresult, value: null });
});
