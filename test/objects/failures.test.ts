// SPDX-License-Identifier: MIT
//
// What a service refuses, as the library's callers see it.

import { BackgroundCopyManager, DosvcError, explain, type BackgroundCopyJob } from 'dosvc';
import { afterEach, describe, expect, vi } from 'vitest';
import { RecordedObject, setRoot } from '../recorder/recorder.js';
import { hresultOf, iidOf } from '../facts/facts.js';
import { clsid } from '../recorder/scene.js';
import { systemText } from '../system/system-text.js';
import { binding, it, type LibraryScene, type Recorded } from './library-scene.js';

const E_NOTIMPL = hresultOf('E_NOTIMPL');

afterEach(() => {
  vi.restoreAllMocks();
});

interface Given {
  scene: LibraryScene;
  recorded: Recorded;
}

/** An interface, a method of it, the call that needs it, and what the error says of the version. */
type Lacking = [
  name: string,
  method: string,
  calls: (job: BackgroundCopyJob) => Promise<unknown>,
  came: string,
];

async function rejected(promise: Promise<unknown>): Promise<DosvcError> {
  const error = await promise.catch((error: unknown) => error);
  if (!(error instanceof DosvcError)) throw new Error('no DosvcError', { cause: error });
  return error;
}

describe('a code that is not listed', () => {
  it.for([1219, 1392])('has the text of Windows: %i', async (win32, { scene, recorded }) => {
    const { job, object } = recorded;
    const hresult = 0x80070000 + win32;
    scene.tell(object, 'IBackgroundCopyJob::Resume', { hresult });
    const text = systemText(win32);
    expect(text).toMatch(/\w/);
    const { message, code } = await rejected(job.resume());
    expect(message.replace(/\.(?= \()/, '')).toBe(
      `IBackgroundCopyJob::Resume: ${text.replace(/\.$/, '')} (${code})`,
    );
    expect(explain(win32)).toMatchObject({ code, hresult, facility: 'FACILITY_WIN32' });
    expect(explain(win32)?.meaning.replace(/\.$/, '')).toBe(text.replace(/\.$/, ''));
  });

  it('has no text that leaves a place for a name', async ({ scene, recorded }) => {
    const { job, object } = recorded;
    const badFormat = 193; // ERROR_BAD_EXE_FORMAT
    expect(systemText(badFormat)).toContain('%1');
    scene.tell(object, 'IBackgroundCopyJob::Resume', { hresult: 0x80070000 + badFormat });
    await expect(job.resume()).rejects.toMatchObject({
      message: 'IBackgroundCopyJob::Resume: The call failed with the code 0x800700C1.',
    });
  });

  it('of which Windows knows nothing has no words', async ({ scene, recorded }) => {
    const { job, object } = recorded;
    scene.tell(object, 'IBackgroundCopyJob::Resume', { hresult: 0x8badf00d });
    await expect(job.resume()).rejects.toMatchObject({
      message: 'IBackgroundCopyJob::Resume: The call failed with the code 0x8BADF00D.',
    });
  });
});

it('every code is explained as the error that has it', async ({ scene, recorded }) => {
  const codes = ['BG_E_BLOCKED_BY_POLICY', 'DO_E_BLOCKED_BY_NO_NETWORK', 'E_ACCESSDENIED'] as const;
  for (const name of codes) {
    const hresult = hresultOf(name);
    scene.tell(recorded.object, 'IBackgroundCopyJob::Resume', { hresult });
    const error = await rejected(recorded.job.resume());
    const { code, names, blame, transient } = error;
    expect(explain(error)).toMatchObject({ code, names, hresult, blame, transient });
    expect(explain(error)).toEqual(explain(name));
  }
});

describe('E_NOTIMPL', () => {
  it('is a typed error that says so', async ({ scene, recorded: { object, job } }) => {
    const row = 'IBackgroundCopyJob::TakeOwnership';
    scene.tell(object, row, { hresult: E_NOTIMPL });
    const error = await rejected(job.takeOwnership());
    expect(error).toMatchObject({
      code: 'E_NOTIMPL',
      hresult: E_NOTIMPL,
      operation: row,
      retryable: false,
      mayHaveRun: false,
    });
    expect(error.message).toContain('does not implement');
  });

  // As documented: the method is there.
  it.for<[row: string, calls: (job: BackgroundCopyJob) => Promise<unknown>, says: string]>([
    ['IBackgroundCopyJob::SetNotifyFlags', (job) => job.setNotifyFlags(64), 'flags'],
    ['IBackgroundCopyJob2::GetReplyProgress', (job) => job.getReplyProgress(), 'upload-reply'],
    ['IBackgroundCopyJob2::GetReplyData', (job) => job.getReplyData(), 'upload-reply'],
    ['IBackgroundCopyJob2::GetReplyFileName', (job) => job.getReplyFileName(), 'upload-reply'],
    [
      'IBackgroundCopyJob3::ReplaceRemotePrefix',
      (job) => job.replaceRemotePrefix('a', 'b'),
      'Only a download',
    ],
    [
      'IBackgroundCopyJob3::AddFileWithRanges',
      (job) => job.addFile('http://x/', 'C:\\x', { ranges: [{ offset: 0, length: 1 }] }),
      'Only a download',
    ],
    [
      'IBackgroundCopyJobHttpOptions::SetSecurityFlags',
      (job) => job.setSecurityFlags({ otherFlags: 0x1000 }),
      'one of these flags',
    ],
  ])(
    'from %s is about the job or the argument',
    async ([row, calls, says], { scene, recorded: { object, job } }) => {
      scene.tell(object, row, { hresult: E_NOTIMPL });
      const error = await rejected(calls(job));
      expect(error).toMatchObject({ code: 'E_NOTIMPL', blame: 'caller', operation: row });
      expect(error.message).not.toContain('implement');
      expect(error.message).toContain(says);
    },
  );
});

describe('an unknown job', () => {
  it.for([
    [0x80d02003, ['DO_E_JOB_NOT_FOUND', 'DO_E_NOT_FOUND']],
    [0x80200001, ['BG_E_NOT_FOUND']],
  ] as const)('is %i', async ([hresult, names], { scene }) => {
    const row = 'IBackgroundCopyManager::GetJob';
    scene.tell(scene.root, row, { hresult });
    const id = '00000000-0000-4000-8000-000000000000';
    const error = await rejected(scene.manager.getJob(id));
    expect(error).toMatchObject({ code: names[0], names, hresult, operation: row });
  });
});

describe('S_OK without an object', () => {
  const id = '00000000-0000-4000-8000-000000000000';

  it.for([
    ['IBackgroundCopyManager::CreateJob', true, ({ scene }) => scene.manager.createJob('name')],
    ['IBackgroundCopyManager::GetJob', false, ({ scene }) => scene.manager.getJob(id)],
    ['IBackgroundCopyManager::EnumJobs', false, ({ scene }) => scene.manager.enumJobs()],
    ['IBackgroundCopyJob::EnumFiles', false, ({ recorded }) => recorded.job.enumFiles()],
    ['IBackgroundCopyJob::GetError', false, ({ recorded }) => recorded.job.getError()],
    [
      'IDeliveryOptimizationJob2::AddFile',
      true,
      ({ recorded }) => recorded.job.as('IDeliveryOptimizationJob2').addFile('id', 'http://x/', []),
    ],
  ] satisfies [string, boolean, (given: Given) => Promise<unknown>][])(
    'is a failure of %s',
    async ([operation, mayHaveRun, call], { scene, recorded }) => {
      scene.tell(scene.root, 'IBackgroundCopyManager::GetJob', {});
      const error = await rejected(call({ scene, recorded }));
      expect(error).toMatchObject({ code: 'E_UNEXPECTED', operation, mayHaveRun });
      expect(error.message).toContain(
        `${operation}: The service answered with success and gave no object.`,
      );
    },
  );
});

describe('a connection that is lost in a call', () => {
  const RPC_S_CALL_FAILED = 0x800706be;

  it('means that a call that changes something may have run', async ({
    scene,
    recorded: { object, job },
  }) => {
    for (const name of ['AddFile', 'Resume', 'SetPriority', 'Complete']) {
      scene.tell(object, `IBackgroundCopyJob::${name}`, { hresult: RPC_S_CALL_FAILED });
    }
    const code = 'RPC_S_CALL_FAILED';
    const expected = { code, mayHaveRun: true, retryable: false };
    for (const call of [
      () => job.addFile('http://x/', 'C:\\x'),
      () => job.resume(),
      () => job.setPriority('low'),
      () => job.complete(),
    ]) {
      expect(await rejected(call())).toMatchObject(expected);
    }
  });

  describe('for good', () => {
    it.override({ options: { callTimeout: 200 } });

    it('lets the caller repeat a read', async ({ scene, recorded: { object, job } }) => {
      for (const name of ['GetState', 'EnumFiles', 'GetError']) {
        scene.tell(object, `IBackgroundCopyJob::${name}`, { hresult: RPC_S_CALL_FAILED });
      }
      const expected = { code: 'RPC_S_CALL_FAILED', mayHaveRun: false, retryable: true };
      for (const name of ['getState', 'enumFiles', 'getError', 'snapshot'] as const) {
        expect(await rejected(job[name]())).toMatchObject(expected);
      }
    });
  });

  it('lets the caller connect again', async () => {
    const outcome = { hresult: RPC_S_CALL_FAILED, value: null, stage: 'activation' } as const;
    vi.spyOn(binding, 'connect').mockResolvedValue(outcome);
    const error = await rejected(BackgroundCopyManager.connect({ service: `{${clsid}}` }));
    expect(error).toMatchObject({
      code: 'RPC_S_CALL_FAILED',
      operation: 'CoCreateInstance',
      mayHaveRun: false,
      retryable: true,
    });
  });
});

describe('an interface that the service lacks', () => {
  it.for([
    [
      'IBackgroundCopyJob3',
      'AddFileWithRanges',
      (job) => job.addFile('http://x/', 'C:\\x', { ranges: [{ offset: 0, length: 1 }] }),
      'It came with BITS 2.0 (Windows XP SP2)',
    ],
    [
      'IBackgroundCopyJobHttpOptions2',
      'GetHttpMethod',
      (job) => job.as('IBackgroundCopyJobHttpOptions2').getHttpMethod(),
      'It came with BITS 10.2 (Windows 10 1809)',
    ],
    [
      'IDeliveryOptimizationJob2',
      'GetProperty',
      (job) => job.as('IDeliveryOptimizationJob2').getProperty(0),
      'It came with Delivery Optimization of Windows 10 1803',
    ],
  ] as Lacking[])('%s says which version has it', async (lacking, { scene, recorded }) => {
    const [name, method, calls, came] = lacking;
    recorded.object.deny(iidOf(name));
    const error = await rejected(calls(recorded.job));
    expect(error).toMatchObject({
      code: 'ERR_DOSVC_INTERFACE_MISSING',
      names: ['ERR_DOSVC_INTERFACE_MISSING', 'E_NOINTERFACE'],
      hresult: hresultOf('E_NOINTERFACE'),
      operation: `${name}::${method}`,
      retryable: false,
    });
    expect(error.message).toContain(
      `does not implement ${name} on this system, so ${name}::${method} cannot be called. ${came}. (`,
    );
    expect(scene.calls(`${name}::${method}`)).toEqual([]);
  });

  it('the manager itself lacks it, too', async () => {
    const root = new RecordedObject();
    root.deny(iidOf('IBackgroundCopyManager'));
    setRoot(root);
    const error = await rejected(BackgroundCopyManager.connect({ service: `{${clsid}}` }));
    expect(error.code).toBe('ERR_DOSVC_INTERFACE_MISSING');
    expect(error.message).toContain('does not implement IBackgroundCopyManager on this system. (');
    expect(root.references).toBe(0);
  });
});
