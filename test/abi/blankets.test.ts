// SPDX-License-Identifier: MIT
//
// Every interface pointer gets its proxy blanket, however it was obtained. Every scene checks as it
// closes that each blanket has the right arguments and precedes the first call.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setRoot, type RecordedObject } from '../recorder/recorder.js';
import { hresultOf, iidOf } from '../facts/facts.js';
import { pointer } from '../recorder/proper-calls.js';
import { binding, clsid, handlesIn, Scene } from '../recorder/scene.js';
import { writtenObject } from '../recorder/taken.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

function blanketed(): string[] {
  return scene.blankets().map(pointer);
}

function face(object: RecordedObject, name: string): string {
  return pointer({ object: object.number, iid: iidOf(name) });
}

describe('a blanket is set on', () => {
  it('the manager that was created', () => {
    expect(blanketed()).toEqual([face(scene.root, 'IBackgroundCopyManager')]);
  });

  it('an object that a method returned', async () => {
    const job = scene.object();
    await scene.handleOf(job, 'IBackgroundCopyJob');
    expect(blanketed()).toContain(face(job, 'IBackgroundCopyJob'));
  });

  it('a further interface of an object, once for all calls', async () => {
    const job = scene.object();
    const handle = await scene.handleOf(job, 'IBackgroundCopyJob');
    await scene.invoke('IBackgroundCopyJob4::GetPeerCachingFlags', [], handle);
    await scene.invoke('IBackgroundCopyJob4::GetMaximumDownloadTime', [], handle);
    const wanted = face(job, 'IBackgroundCopyJob4');
    expect(blanketed().filter((one) => one === wanted)).toHaveLength(1);
  });

  it('an enumerator and the objects that it yields', async () => {
    const [enumerator, job] = [scene.object(), scene.object()];
    enumerator.enumerate([job], iidOf('IBackgroundCopyJob'));
    scene.tell(scene.root, 'IBackgroundCopyManager::EnumJobs', {
      steps: [writtenObject(1, enumerator, 'IEnumBackgroundCopyJobs')],
    });
    const { value } = await scene.invoke('IBackgroundCopyManager::EnumJobs', [0]);
    expect(handlesIn(value)).toHaveLength(1);
    expect(blanketed()).toContain(face(enumerator, 'IEnumBackgroundCopyJobs'));
    expect(blanketed()).toContain(face(job, 'IBackgroundCopyJob'));
  });

  it('an object that is listed again, once for all listings', async () => {
    const job = scene.object();
    for (let listing = 0; listing < 3; ++listing) {
      const enumerator = scene.object();
      enumerator.enumerate([job], iidOf('IBackgroundCopyJob'));
      scene.tell(scene.root, 'IBackgroundCopyManager::EnumJobs', {
        steps: [writtenObject(1, enumerator, 'IEnumBackgroundCopyJobs')],
      });
      const { value } = await scene.invoke('IBackgroundCopyManager::EnumJobs', [0]);
      expect(handlesIn(value)).toHaveLength(1);
    }
    const wanted = face(job, 'IBackgroundCopyJob');
    expect(blanketed().filter((one) => one === wanted)).toHaveLength(1);
  });

  it('a download that an enumerator yields as an IUnknown', async () => {
    const [enumerator, download] = [scene.object(), scene.object()];
    enumerator.enumerate([download], iidOf('IUnknown'));
    scene.tell(scene.root, 'IDOManager::EnumDownloads', {
      steps: [writtenObject(1, enumerator, 'IEnumUnknown')],
    });
    await scene.invoke('IDOManager::EnumDownloads', [null]);
    expect(blanketed()).toContain(face(enumerator, 'IEnumUnknown'));
    expect(blanketed()).toContain(face(download, 'IDODownload'));
  });
});

describe('a blanket that cannot be set', () => {
  const denied = hresultOf('E_ACCESSDENIED');

  it('fails the connection', async () => {
    const root = scene.object();
    root.tellBlanket(denied);
    setRoot(root);
    const outcome = await binding.connect([clsid, 'IBackgroundCopyManager'], null);
    expect(outcome).toEqual({ hresult: denied, value: null, stage: 'activation' });
  });

  it('fails the call that returned the object', async () => {
    const job = scene.object();
    job.tellBlanket(denied);
    scene.tell(scene.root, 'IBackgroundCopyError::GetFile', {
      steps: [writtenObject(0, job, 'IBackgroundCopyFile')],
    });
    expect(await scene.invoke('IBackgroundCopyError::GetFile')).toMatchObject({
      hresult: denied,
      value: null,
      stage: 'result',
    });
  });

  it('fails the enumeration', async () => {
    const enumerator = scene.object();
    enumerator.tellBlanket(denied);
    scene.tell(scene.root, 'IBackgroundCopyJob::EnumFiles', {
      steps: [writtenObject(0, enumerator, 'IEnumBackgroundCopyFiles')],
    });
    expect(await scene.invoke('IBackgroundCopyJob::EnumFiles')).toMatchObject({
      hresult: denied,
      value: null,
      stage: 'result',
    });
  });

  it('fails a call on a further interface, which is then not sent', async () => {
    scene.root.tellBlanket(denied);
    expect(await scene.invoke('IBackgroundCopyJob::GetState')).toEqual({
      hresult: denied,
      value: null,
      stage: 'interface',
    });
    expect(scene.calls()).toEqual([]);
  });
});

describe('an object without blankets', () => {
  it.each(['E_NOTIMPL', 'E_NOINTERFACE'])('can be called: setting one answers %s', async (name) => {
    const job = scene.object();
    job.tellBlanket(hresultOf(name));
    scene.bare = true;
    const handle = await scene.handleOf(job, 'IBackgroundCopyJob');
    expect(await scene.invoke('IBackgroundCopyJob::Resume', [], handle)).toEqual({
      hresult: 0,
      value: null,
    });
  });
});
