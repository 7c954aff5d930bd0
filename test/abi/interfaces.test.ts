// SPDX-License-Identifier: MIT
//
// An object's further interfaces, and objects that lack one.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecordedObject, setRoot } from '../recorder/recorder.js';
import { hresultOf, iidOf } from '../facts/facts.js';
import { binding, clsid, Scene } from '../recorder/scene.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

it('a call on an interface that the object lacks fails with E_NOINTERFACE', async () => {
  scene.root.deny(iidOf('IBackgroundCopyJob5'));
  const outcome = await scene.invoke('IBackgroundCopyJob5::GetProperty', [1]);
  expect(outcome).toEqual({
    hresult: hresultOf('E_NOINTERFACE'),
    value: null,
    stage: 'interface',
  });
  expect(scene.calls()).toEqual([]);
});

it('the other interfaces of that object still work', async () => {
  scene.root.deny(iidOf('IBackgroundCopyJob5'));
  await scene.invoke('IBackgroundCopyJob5::GetProperty', [1]);
  const outcome = await scene.invoke('IBackgroundCopyJob4::GetMaximumDownloadTime');
  expect(outcome).toEqual({ hresult: 0, value: 0 });
});

it('connecting to a class without the manager fails with E_NOINTERFACE', async () => {
  const root = new RecordedObject();
  root.deny(iidOf('IDOManager'));
  setRoot(root);
  expect(await binding.connect([clsid, 'IDOManager'], null)).toEqual({
    hresult: hresultOf('E_NOINTERFACE'),
    value: null,
    stage: 'activation',
  });
  expect(root.references).toBe(0);
});

it('connecting to an unknown class fails with REGDB_E_CLASSNOTREG', async () => {
  const nobody = '01234567-89ab-4cde-8f01-23456789abcd';
  expect(await binding.connect([nobody, 'IDOManager'], null)).toEqual({
    hresult: hresultOf('REGDB_E_CLASSNOTREG'),
    value: null,
    stage: 'activation',
  });
});

it.each([
  ['no GUID', 'IDOManager'],
  [clsid, 'INobodysManager'],
  [clsid, ''],
])('connecting to %s, %s is refused', async (id, name) => {
  expect(await binding.connect([id, name], null)).toMatchObject({
    hresult: hresultOf('E_INVALIDARG'),
    value: null,
    stage: 'argument',
  });
});

it('a call on a released handle ends as closed', async () => {
  scene.release(scene.manager);
  const outcome = await scene.invoke('IBackgroundCopyManager::EnumJobs', [0]);
  expect(outcome).toMatchObject({ value: null, stage: 'closed' });
  expect(outcome.mayHaveRun).toBeUndefined();
  expect(binding.release(scene.manager)).toBe(false);
});
