// SPDX-License-Identifier: MIT
//
// Every method of a manager, on a service that behaves as documented.

import { BackgroundCopyManager } from 'dosvc';
import { describe, expect } from 'vitest';
import { guidBytes } from '../recorder/plan.js';
import { enumValue } from '../facts/facts.js';
import { it } from './library-scene.js';
import { publicMethods, tryMethod } from './method.js';
import { usersLanguage } from '../system/users-language.js';
import { writtenBytes, writtenObject, writtenText } from './written.js';

const id = '0123abcd-4567-89ef-fedc-ba9876543210';

it('every public method is tried', () => {
  // as() is tried in peer-cache.test.ts.
  const tried = ['createJob', 'getJob', 'enumJobs', 'getErrorDescription', 'as', 'close', 'toJSON'];
  expect(publicMethods(BackgroundCopyManager.prototype).toSorted()).toEqual(tried.toSorted());
});

describe('createJob', () => {
  it.for([
    [undefined, 'BG_JOB_TYPE_DOWNLOAD'],
    ['upload-reply', 'BG_JOB_TYPE_UPLOAD_REPLY'],
  ] as const)('sends the name and the type: %s', async ([type, name], { scene }) => {
    const object = scene.object();
    await tryMethod(scene, scene.root, scene.manager, {
      calls: async (manager) => (await manager.createJob('Name ä', type)).id,
      row: 'IBackgroundCopyManager::CreateJob',
      given: ['Name ä', enumValue(name)],
      steps: [writtenBytes(2, guidBytes(id)), writtenObject(3, object, 'IBackgroundCopyJob')],
      result: id,
    });
  });

  it('returns the job that the service created', async ({ scene }) => {
    const object = scene.object();
    scene.tell(scene.root, 'IBackgroundCopyManager::CreateJob', {
      steps: [writtenBytes(2, guidBytes(id)), writtenObject(3, object, 'IBackgroundCopyJob')],
    });
    const job = await scene.manager.createJob('name');
    await job.resume();
    expect(scene.calls('IBackgroundCopyJob::Resume')).toMatchObject([{ object: object.number }]);
  });
});

it('getJob takes an id in any spelling', async ({ scene }) => {
  for (const spelling of [id, `{${id.toUpperCase()}}`, id.replaceAll('-', '')]) {
    const object = scene.object();
    await tryMethod(scene, scene.root, scene.manager, {
      calls: async (manager) => (await manager.getJob(spelling)).id,
      row: 'IBackgroundCopyManager::GetJob',
      given: [guidBytes(id)],
      steps: [writtenObject(1, object, 'IBackgroundCopyJob')],
      result: id,
    });
  }
});

describe('enumJobs', () => {
  const row = 'IBackgroundCopyManager::EnumJobs';
  const getId = 'IBackgroundCopyJob::GetId';
  const idOf = (i: number) => `0123abcd-4567-89ef-fedc-ba98765432${String(i).padStart(2, '0')}`;

  it('returns every job with its id, in one hop', async ({ scene }) => {
    const jobs = Array.from({ length: 40 }, () => scene.object());
    for (const [i, job] of jobs.entries()) {
      scene.tell(job, getId, { steps: [writtenBytes(0, guidBytes(idOf(i)))] });
    }
    const step = scene.enumerator('IEnumBackgroundCopyJobs', 'IBackgroundCopyJob', jobs);
    scene.tell(scene.root, row, { steps: [step(1)] });
    const found = await scene.manager.enumJobs();
    expect(found.map((job) => job.id)).toEqual(jobs.map((_, i) => idOf(i)));
    expect(scene.numbers(row)).toEqual([0]);
    expect(new Set(scene.calls().map(({ thread }) => thread)).size).toBe(1);
    await found[7]?.resume();
    const resumed = scene.calls('IBackgroundCopyJob::Resume');
    expect(resumed).toMatchObject([{ object: jobs[7]?.number }]);
  });

  it('asks for the jobs of all users', async ({ scene }) => {
    const step = scene.enumerator('IEnumBackgroundCopyJobs', 'IBackgroundCopyJob', []);
    scene.tell(scene.root, row, { steps: [step(1)] });
    expect(await scene.manager.enumJobs({ allUsers: true })).toEqual([]);
    expect(scene.numbers(row)).toEqual([enumValue('BG_JOB_ENUM_ALL_USERS')]);
  });

  it('leaves out a job that has ended meanwhile, and releases it', async ({ scene }) => {
    const [ended, alive] = [scene.object(), scene.object()];
    scene.tell(ended, getId, { hresult: 0x80200001 });
    scene.tell(alive, getId, { steps: [writtenBytes(0, guidBytes(id))] });
    const step = scene.enumerator('IEnumBackgroundCopyJobs', 'IBackgroundCopyJob', [ended, alive]);
    scene.tell(scene.root, row, { steps: [step(1)] });
    expect((await scene.manager.enumJobs()).map((job) => job.id)).toEqual([id]);
    await expect.poll(() => ended.references).toBe(0);
  });
});

describe('getErrorDescription', () => {
  const row = 'IBackgroundCopyManager::GetErrorDescription';
  const steps = [writtenText(2, 'Zugriff verweigert')];

  it.for([0x80070005, 0x80070005 | 0])('takes the HRESULT %i', async (hresult, { scene }) => {
    await tryMethod(scene, scene.root, scene.manager, {
      calls: (manager) => manager.getErrorDescription(hresult, 0x0407),
      row,
      given: [0x80070005, 0x0407],
      steps,
      result: 'Zugriff verweigert',
    });
  });

  it("asks in the user's language by default", async ({ scene }) => {
    await tryMethod(scene, scene.root, scene.manager, {
      calls: (manager) => manager.getErrorDescription(1),
      row,
      given: [1, usersLanguage()],
      steps,
      result: 'Zugriff verweigert',
    });
  });
});
