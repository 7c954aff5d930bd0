// SPDX-License-Identifier: MIT
//
// getError(): everything that the service reports about a job's error, in one hop.

import { DosvcError, JobError } from 'dosvc';
import { describe, expect } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import { errorObject, wholeError } from './error-object.js';
import { it, type LibraryScene, type Recorded } from './library-scene.js';
import { rejection } from '../promises/rejection.js';
import { enter } from './recorded-sink.js';
import { usersLanguage } from '../system/users-language.js';
import { writtenBstr } from './download-scene.js';
import { writtenNumber, writtenObject } from './written.js';

const getError = 'IBackgroundCopyJob::GetError';

function fail(scene: LibraryScene, { object }: Recorded) {
  const error = errorObject(scene);
  scene.tell(object, getError, { steps: [writtenObject(0, error, 'IBackgroundCopyError')] });
  return error;
}

describe('getError', () => {
  it('returns context, code, texts, protocol and file', async ({ scene, recorded }) => {
    fail(scene, recorded);
    const before = scene.calls().length;
    const error = await recorded.job.getError();
    expect(error).toBeInstanceOf(JobError);
    expect(error).toBeInstanceOf(DosvcError);
    expect(error).toMatchObject(wholeError);
    expect(error.names).toContain('HTTP_E_STATUS_NOT_FOUND');
    expect(error.message).toContain(wholeError.file.remoteName);
    for (const text of ['GetErrorDescription', 'GetErrorContextDescription']) {
      expect(scene.numbers(`IBackgroundCopyError::${text}`)).toEqual([usersLanguage()]);
    }
    const calls = scene.calls().slice(before);
    expect(calls).toHaveLength(9);
    expect(new Set(calls.map(({ thread }) => thread)).size).toBe(1);
  });

  it('says that a job in a transient error waits', async ({ scene, recorded }) => {
    fail(scene, recorded);
    expect((await recorded.job.getError()).message).toMatch(/^The job failed\. /);
    enter(scene, recorded, 'TRANSIENT_ERROR');
    expect((await recorded.job.getError()).message).toMatch(
      /^The job waits, and the service tries again\. /,
    );
  });

  it.for([
    [0x80200010, 'ERROR', false],
    [0x80200010, 'TRANSIENT_ERROR', true],
    [0x80200010, 'QUEUED', true],
    [0x80072ee7, 'ERROR', false],
    [0x80072ee7, 'TRANSIENT_ERROR', true],
  ] as const)(
    'with 0x%x in the state %s: transient is %s',
    async ([code, state, transient], { scene, recorded }) => {
      const steps = [writtenNumber(0, 0), writtenNumber(1, code)];
      scene.tell(fail(scene, recorded), 'IBackgroundCopyError::GetError', { steps });
      enter(scene, recorded, state);
      const error = await recorded.job.getError();
      expect(error).toMatchObject({ hresult: code, blame: 'network', transient });
      const resumes = code === 0x80200010 && state === 'ERROR';
      expect(error.message.includes('resumes automatically')).toBe(
        transient && code === 0x80200010,
      );
      expect(error.message.includes('no longer waits: resume the job')).toBe(resumes);
    },
  );

  it('survives as a plain object', async ({ scene, recorded }) => {
    fail(scene, recorded);
    const error = await recorded.job.getError();
    expect(structuredClone(error.toJSON())).toMatchObject({
      ...wholeError,
      message: error.message,
    });
  });

  it('has null for what the service does not report', async ({ scene, recorded }) => {
    const error = fail(scene, recorded);
    for (const row of ['GetErrorDescription', 'GetErrorContextDescription', 'GetProtocol']) {
      scene.tell(error, `IBackgroundCopyError::${row}`, { hresult: 0x800706f4 });
    }
    scene.tell(error, 'IBackgroundCopyError::GetFile', { hresult: hresultOf('E_NOTIMPL') });
    expect(await recorded.job.getError()).toMatchObject({
      code: wholeError.code,
      description: null,
      contextDescription: null,
      protocol: null,
      file: null,
    });
  });

  it('has the numbers of an unknown code and context', async ({ scene, recorded }) => {
    const error = fail(scene, recorded);
    scene.tell(error, 'IBackgroundCopyError::GetError', {
      steps: [writtenNumber(0, 99), writtenNumber(1, 0x8badf00d)],
    });
    expect(await recorded.job.getError()).toMatchObject({
      code: '0x8BADF00D',
      names: ['0x8BADF00D'],
      hresult: 0x8badf00d,
      httpStatus: undefined,
      context: 99,
    });
  });

  it('rejects if the job has no error', async ({ scene, recorded: { object, job } }) => {
    scene.tell(object, getError, { hresult: 0x8020000f });
    const failure = await job.getError().catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(JobError);
    expect(failure).toMatchObject({ hresult: 0x8020000f, operation: getError });
  });

  it('rejects if the service returns no object', async ({ recorded: { job } }) => {
    await expect(job.getError()).rejects.toMatchObject({
      code: 'E_UNEXPECTED',
      operation: getError,
    });
  });

  describe('of a service that stays away', () => {
    it.override({ options: { callTimeout: 500 } });

    it('rejects with the reason if the error cannot be read', async ({ scene, recorded }) => {
      const error = fail(scene, recorded);
      const row = 'IBackgroundCopyError::GetError';
      scene.tell(error, row, { hresult: 0x800706ba });
      await expect(recorded.job.getError()).rejects.toMatchObject({
        code: 'RPC_S_SERVER_UNAVAILABLE',
        operation: row,
        retryable: true,
      });
    });
  });
});

describe('a job in error for which GetError returns nothing', () => {
  const getProperty = 'IDeliveryOptimizationJob2::GetProperty';
  const none = 0x80d02014;

  /** @param more The extended error information. */
  function failSilently(scene: LibraryScene, recorded: Recorded, more?: string) {
    enter(scene, recorded, 'ERROR');
    scene.tell(recorded.object, getError, { hresult: none });
    const { job, object } = recorded;
    if (more === undefined) scene.tell(object, getProperty, { hresult: hresultOf('E_NOT_SET') });
    else scene.tell(object, getProperty, { steps: writtenBstr(more) });
    return [
      () => job.getError(),
      async () => (await job.snapshot()).error,
      () => rejection(job.wait()),
    ];
  }

  it('has the code of its extended error information', async ({ scene, recorded }) => {
    const reads = failSilently(scene, recorded, 'http://x/?0x80: 0X80072efd, then 0x80190194');
    for (const read of reads) {
      const error = await read();
      expect(error).toBeInstanceOf(JobError);
      expect(error).toMatchObject({ code: 'ERROR_WINHTTP_CANNOT_CONNECT', hresult: 0x80072efd });
    }
    expect(scene.calls(getError)).toHaveLength(3);
  });

  it.for([[undefined], ['not reachable']])(
    'or no reason: %s',
    async ([more], { scene, recorded }) => {
      for (const read of failSilently(scene, recorded, more)) {
        const error = await read();
        expect(error).toBeInstanceOf(JobError);
        expect(error).toMatchObject({
          code: 'DO_E_ERROR_INFORMATION_UNAVAILABLE',
          message: expect.stringMatching(
            /^The job failed. The service gives no reason. Check/,
          ) as string,
        });
      }
    },
  );

  it('or an error that cannot be read, and why', async ({ scene, recorded }) => {
    const reads = failSilently(scene, recorded);
    scene.tell(recorded.object, getError, { hresult: hresultOf('E_ACCESSDENIED') });
    for (const read of reads) {
      expect(await read()).toMatchObject({
        name: 'JobError',
        code: 'E_ACCESSDENIED',
        message: expect.stringContaining('The job failed. Its error cannot be read: ') as string,
      });
    }
  });

  it('or no reason if the error has no code', async ({ scene, recorded }) => {
    const reads = failSilently(scene, recorded);
    const error = fail(scene, recorded);
    scene.tell(error, 'IBackgroundCopyError::GetError', {
      steps: [writtenNumber(0, 1), writtenNumber(1, 0)],
    });
    for (const read of reads) {
      expect(await read()).toMatchObject({
        name: 'JobError',
        code: 'E_FAIL',
        message: expect.stringContaining('The service gives no reason.') as string,
      });
    }
  });
});
