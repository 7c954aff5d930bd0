// SPDX-License-Identifier: MIT
// lib/errors.ts: from an outcome to an error.

import { describe, expect, it } from 'vitest';
import { hex, nameOf } from '../../lib/codes.js';
import { DosvcError, errorOf, failed } from '../../lib/errors.js';
import type { OwnCode } from '../../lib/generated/own-codes.js';
import { DownloadError } from '../../lib/downloads/status.js';
import { JobError } from '../../lib/jobs/job-error.js';
import type { Outcome } from '../../typings/binding.js';
import { readText } from './spec-facts.js';

const get = 'IBackgroundCopyJob::GetState';
const change = 'IBackgroundCopyJob::Resume';

function errorAt(operation: string, outcome: Omit<Outcome, 'value'>): DosvcError {
  const error = errorOf({ value: null, ...outcome }, { service: 'BITS', operation });
  if (!(error instanceof DosvcError)) throw error;
  return error;
}

describe('an outcome', () => {
  it('is a failure by its code, or by the stage where it ended', () => {
    expect(failed({ hresult: 0, value: null })).toBe(false);
    expect(failed({ hresult: 0x7fffffff, value: null })).toBe(false);
    expect(failed({ hresult: 0x80000000, value: null })).toBe(true);
    expect(failed({ hresult: 0, value: null, stage: 'timeout' })).toBe(true);
  });
});

describe('the code of an error', () => {
  it.each([
    [0x80d02003, 'DO_E_JOB_NOT_FOUND'],
    [0x80200001, 'BG_E_NOT_FOUND'],
    [0x80190194, 'BG_E_HTTP_ERROR_404'],
    [0x80070005, 'E_ACCESSDENIED'],
    [0x80070020, 'ERROR_SHARING_VIOLATION'],
    [0x8badf00d, '0x8BADF00D'],
  ])('is one name, or hexadecimal if there is none', (hresult, code) => {
    const error = errorAt(change, { hresult });
    expect(error).toMatchObject({ name: 'DosvcError', code, hresult, operation: change });
    expect(error.names[0]).toBe(code);
    expect(error.message.startsWith(`${change}: `)).toBe(true);
    expect(error.message).toContain(hex(hresult));
    expect(nameOf(hresult)).toBe(code);
  });
});

it.each([
  [0x80d04001, 'Delivery Optimization'],
  [0x8020ffff, 'BITS'],
])('a code without a published name says whose it is', (hresult, service) => {
  expect(errorAt(change, { hresult }).message).toBe(
    `${change}: ${service} failed with the code ${hex(hresult)}, which has no published name.`,
  );
});

describe('an error of a job or a download', () => {
  it("can be made by a program's own tests", () => {
    const code = 'BG_E_HTTP_ERROR_404';
    const job = new JobError('planted', { code, hresult: 0x80190194, context: 'remote-file' });
    expect(job).toMatchObject({ name: 'JobError', message: 'planted', code, httpStatus: 404 });
    expect(job).toMatchObject({ context: 'remote-file', description: null, file: null });
    expect(new JobError('planted', { code }).context).toBe('unknown');
    const extendedError = new DownloadError('within', { code });
    const download = new DownloadError('planted', { code, extendedError });
    expect(download).toMatchObject({ name: 'DownloadError', code, extendedError });
    expect(extendedError.extendedError).toBeNull();
  });
});

describe('blame and transient', () => {
  it.each([
    [0x80d03002, { blame: 'policy', transient: false }],
    [0x80d03801, { blame: 'policy', transient: true }],
    [0x80072efd, { blame: 'network', transient: false }],
    [0x801901f4, { blame: 'server', transient: false }],
    [0x8badf00d, { blame: 'system', transient: false }],
  ])('of an error with %i are what is known of the code', (hresult, judgement) => {
    expect(errorAt(change, { hresult })).toMatchObject(judgement);
    const { code } = errorAt(change, { hresult });
    expect(new DosvcError('', { code, hresult })).toMatchObject(judgement);
    if (!code.startsWith('0x')) expect(new JobError('', { code })).toMatchObject(judgement);
  });

  it('can be given by who makes the error', () => {
    const given = { blame: 'disk', transient: true } as const;
    expect(new DosvcError('', { code: 'E_FAIL', ...given })).toMatchObject(given);
  });

  it('of an own code do not depend on its HRESULT', () => {
    const missing = errorAt('connect', { hresult: 0x80070424, stage: 'activation' });
    expect(missing).toMatchObject({ blame: 'system', transient: false });
    expect(errorAt(get, { hresult: 0, stage: 'closed' }).blame).toBe('caller');
    expect(errorAt(get, { hresult: 0, stage: 'timeout' }).blame).toBe('service');
  });

  it('are the caller and false for flags that the service does not accept', () => {
    const error = errorAt('IBackgroundCopyJob::SetNotifyFlags', { hresult: 0x80004001 });
    expect(error).toMatchObject({ code: 'E_NOTIMPL', blame: 'caller', transient: false });
    expect(errorAt(change, { hresult: 0x80004001 }).blame).toBe('service');
  });

  it('are something for a code that nobody knows', () => {
    const code = 'MY_OWN_CODE';
    expect(new DosvcError('', { code })).toMatchObject({ blame: 'system', transient: false });
  });
});

describe('toJSON', () => {
  it('has the name, the message and every field that is set', () => {
    const error = errorAt(change, { hresult: 0x80190194 });
    expect(error.toJSON()).toEqual({
      name: 'DosvcError',
      message: error.message,
      code: 'BG_E_HTTP_ERROR_404',
      names: error.names,
      hresult: 0x80190194,
      operation: change,
      retryable: false,
      mayHaveRun: false,
      blame: 'server',
      transient: false,
      httpStatus: 404,
    });
    expect(JSON.parse(JSON.stringify(error))).toEqual(error.toJSON());
  });

  it('has errors in lists and in objects as plain objects, too', () => {
    class Failed extends DosvcError {
      readonly attempts = [
        { route: 'http', error: new DosvcError('', { code: 'ERR_DOSVC_BUSY' }) },
      ];
    }
    const copy = structuredClone(new Failed('outer', { code: 'ERR_DOSVC_STALLED' }).toJSON());
    expect(copy).toMatchObject({
      attempts: [{ route: 'http', error: { name: 'DosvcError', code: 'ERR_DOSVC_BUSY' } }],
    });
  });

  it('ends where an object has itself', () => {
    const cause: Record<string, unknown> = { list: [] };
    Object.assign(cause, { self: cause, list: [cause, 1] });
    const error = new DosvcError('', { code: 'ERR_DOSVC_BUSY', cause });
    expect(error.toJSON()).toMatchObject({ cause: { list: [1] } });
  });

  it('is what a copy for another process keeps: errors in it are plain, too', () => {
    const within = Object.assign(new RangeError('within'), { code: 'ERR_WITHIN' });
    const cause = new Error('between', { cause: within });
    within.cause = cause;
    const inner = new DosvcError('inner', { code: 'ERR_DOSVC_TIMEOUT', cause });
    const outer = new DosvcError('outer', { code: 'ERR_DOSVC_STALLED', cause: inner });
    const copy = structuredClone(outer.toJSON());
    expect(copy).toEqual(outer.toJSON());
    expect(copy).toMatchObject({
      message: 'outer',
      cause: {
        message: 'inner',
        cause: {
          message: 'between',
          cause: { name: 'RangeError', message: 'within', code: 'ERR_WITHIN' },
        },
      },
    });
  });
});

describe("this package's own codes", () => {
  it('are all on the page of errors, which lists no others', () => {
    const own: Record<OwnCode, true> = {
      ERR_DOSVC_UNSUPPORTED_PLATFORM: true,
      ERR_DOSVC_NO_BINARY: true,
      ERR_DOSVC_LOAD_FAILED: true,
      ERR_DOSVC_SERVICE_MISSING: true,
      ERR_DOSVC_INTERFACE_MISSING: true,
      ERR_DOSVC_CLOSED: true,
      ERR_DOSVC_CALL_TIMEOUT: true,
      ERR_DOSVC_TIMEOUT: true,
      ERR_DOSVC_STALLED: true,
      ERR_DOSVC_SIZE_MISMATCH: true,
      ERR_DOSVC_HASH_MISMATCH: true,
      ERR_DOSVC_BUSY: true,
    };
    const rows = readText('docs/errors.md').matchAll(/^\| `(ERR_DOSVC_\w+)` \|/gm);
    expect(Array.from(rows, ([, code]) => code)).toEqual(Object.keys(own));
  });
});

describe('the HTTP status', () => {
  it.each([
    [0x80190064, 100],
    [0x801901f4, 500],
    [0x80190257, 599],
    [0x80190063, undefined],
    [0x80190258, undefined],
    [0x80200001, undefined],
  ])('of 0x%x is %s', (hresult, status) => {
    expect(errorAt(change, { hresult }).httpStatus).toBe(status);
  });

  it('is in the message if the value has no row of its own', () => {
    expect(errorAt(change, { hresult: 0x801901a2 }).message).toContain('HTTP 418');
  });
});

describe('a lost connection', () => {
  const lost = 0x800706be;
  const unsent = 0x800706ba;

  it('means that a call that changes something may have run', () => {
    const error = errorAt(change, { hresult: lost });
    expect(error).toMatchObject({ mayHaveRun: true, retryable: false });
    expect(error.message).toContain('before you repeat it, read the state of the object');
  });

  it('lets the caller repeat a call that only reads', () => {
    expect(errorAt(get, { hresult: lost })).toMatchObject({ mayHaveRun: false, retryable: true });
  });

  it('lets the caller repeat any call that was not sent', () => {
    for (const operation of [get, change]) {
      const error = errorAt(operation, { hresult: unsent });
      expect(error).toMatchObject({ mayHaveRun: false, retryable: true });
    }
  });

  it('is no reason to repeat what the service refused', () => {
    const error = errorAt(change, { hresult: 0x80200001 });
    expect(error).toMatchObject({ mayHaveRun: false, retryable: false });
  });
});

describe('a deadline that passed', () => {
  it('means that a call that was sent may have run', () => {
    const error = errorAt(change, { hresult: 0, stage: 'timeout', mayHaveRun: true });
    expect(error).toMatchObject({
      code: 'ERR_DOSVC_CALL_TIMEOUT',
      hresult: undefined,
      mayHaveRun: true,
      retryable: false,
    });
  });

  it('lets the caller repeat a call that was not sent', () => {
    const error = errorAt(change, { hresult: 0, stage: 'timeout' });
    expect(error).toMatchObject({ mayHaveRun: false, retryable: true });
    expect(error.message).toContain('was not sent');
  });
});

describe('what is missing', () => {
  it.each([0x80040154, 0x80040111, 0x80070424])(
    'is the service, if activation answers 0x%x',
    (hresult) => {
      const error = errorAt('connect', { hresult, stage: 'activation' });
      expect(error).toMatchObject({ code: 'ERR_DOSVC_SERVICE_MISSING', hresult });
      expect(error.message).toContain('BITS is not available on this system');
    },
  );

  it('is not the service, if it only fails to start', () => {
    const error = errorAt('connect', { hresult: 0x80070422, stage: 'activation' });
    expect(error.code).toBe('ERROR_SERVICE_DISABLED');
  });

  it('is the interface, if the object does not have it', () => {
    const error = errorAt('IBackgroundCopyJob2::GetReplyData', {
      hresult: 0x80004002,
      stage: 'interface',
    });
    expect(error.code).toBe('ERR_DOSVC_INTERFACE_MISSING');
    expect(error.message).toContain('IBackgroundCopyJob2');
  });
});

describe('a stage of our own', () => {
  it('is ERR_DOSVC_CLOSED for a handle that was released', () => {
    expect(errorAt(get, { hresult: 0, stage: 'closed' }).code).toBe('ERR_DOSVC_CLOSED');
  });

  it('is a TypeError for an argument that did not fit', () => {
    const outcome: Outcome = { hresult: 0x80070057, value: null, stage: 'argument', detail: 'no' };
    const error = errorOf(outcome, { service: 'BITS', operation: get });
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE', message: `${get}: no` });
  });
});
