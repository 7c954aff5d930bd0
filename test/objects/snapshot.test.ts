// SPDX-License-Identifier: MIT
//
// A snapshot of a job, read in one hop to the service.

import { describe, expect } from 'vitest';
import { enumValue, hresultOf } from '../facts/facts.js';
import { errorObject, wholeError } from './error-object.js';
import { it, type LibraryScene, type Recorded } from './library-scene.js';
import { structBytes, writtenBytes, writtenNumber, writtenObject, writtenText } from './written.js';

const progress = {
  BytesTotal: 2 ** 40,
  BytesTransferred: 5,
  FilesTotal: 2,
  FilesTransferred: 1,
};

/** Makes the job answer everything. */
function fill(scene: LibraryScene, { object }: Recorded): void {
  const file = scene.object();
  scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { steps: [writtenText(0, 'http://y/')] });
  scene.tell(file, 'IBackgroundCopyFile::GetLocalName', { steps: [writtenText(0, 'C:\\y')] });
  const fileProgress = { BytesTotal: 10, BytesTransferred: 10, Completed: 1 };
  scene.tell(file, 'IBackgroundCopyFile::GetProgress', {
    steps: [writtenBytes(0, structBytes('BG_FILE_PROGRESS', fileProgress))],
  });
  const files = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [file]);
  const times = { CreationTime: 116_444_736_000_000_000n };
  const steps = {
    GetState: [writtenNumber(0, enumValue('BG_JOB_STATE_ERROR'))],
    GetType: [writtenNumber(0, enumValue('BG_JOB_TYPE_UPLOAD'))],
    GetPriority: [writtenNumber(0, enumValue('BG_JOB_PRIORITY_LOW'))],
    GetDisplayName: [writtenText(0, 'name')],
    GetDescription: [writtenText(0, 'description')],
    GetOwner: [writtenText(0, 'S-1-5-18')],
    GetProgress: [writtenBytes(0, structBytes('BG_JOB_PROGRESS', progress))],
    GetTimes: [writtenBytes(0, structBytes('BG_JOB_TIMES', times))],
    GetError: [writtenObject(0, errorObject(scene), 'IBackgroundCopyError')],
    EnumFiles: [files(0)],
  };
  for (const [name, written] of Object.entries(steps)) {
    scene.tell(object, `IBackgroundCopyJob::${name}`, { steps: written });
  }
}

describe('snapshot', () => {
  it('has everything, in one hop', async ({ scene, recorded }) => {
    fill(scene, recorded);
    const before = scene.calls().length;
    const { error, ...rest } = await recorded.job.snapshot();
    expect(rest).toEqual({
      id: recorded.job.id,
      state: 'error',
      type: 'upload',
      priority: 'low',
      displayName: 'name',
      description: 'description',
      owner: 'S-1-5-18',
      progress: { bytesTotal: 2 ** 40, bytesTransferred: 5, filesTotal: 2, filesTransferred: 1 },
      times: { creationTime: new Date(0), modificationTime: null, transferCompletionTime: null },
      errorCode: wholeError.code,
      files: [
        {
          remoteName: 'http://y/',
          localName: 'C:\\y',
          progress: { bytesTotal: 10, bytesTransferred: 10, completed: true },
        },
      ],
    });
    expect(error).toMatchObject(wholeError);
    const calls = scene.calls().slice(before);
    expect(new Set(calls.map(({ thread }) => thread)).size).toBe(1);
  });

  it('has null for what the service does not implement', async ({ scene, recorded }) => {
    const { id } = recorded.job;
    const { GetState: state, ...others } = {
      GetState: 'state',
      GetType: 'type',
      GetPriority: 'priority',
      GetDisplayName: 'displayName',
      GetDescription: 'description',
      GetOwner: 'owner',
      GetProgress: 'progress',
      GetTimes: 'times',
      GetError: 'error',
      EnumFiles: 'files',
    };
    for (const name of Object.keys(others)) {
      const hresult = hresultOf('E_NOTIMPL');
      scene.tell(recorded.object, `IBackgroundCopyJob::${name}`, { hresult });
    }
    const missing = Object.fromEntries(Object.values(others).map((name) => [name, null]));
    const expected = { id, [state]: 'queued', ...missing, errorCode: null };
    expect(await recorded.job.snapshot()).toEqual(expected);
  });

  it('has the numbers of values that this version does not know', async ({ scene, recorded }) => {
    fill(scene, recorded);
    for (const name of ['GetState', 'GetType', 'GetPriority']) {
      scene.tell(recorded.object, `IBackgroundCopyJob::${name}`, { steps: [writtenNumber(0, 99)] });
    }
    expect(await recorded.job.snapshot()).toMatchObject({ state: 99, type: 99, priority: 99 });
  });

  it('rejects if not even the state can be read', async ({ scene, recorded }) => {
    fill(scene, recorded);
    const row = 'IBackgroundCopyJob::GetState';
    scene.tell(recorded.object, row, { hresult: 0x80200001 });
    const failure = { code: 'BG_E_NOT_FOUND', operation: row };
    await expect(recorded.job.snapshot()).rejects.toMatchObject(failure);
  });
});
