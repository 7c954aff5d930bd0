// SPDX-License-Identifier: MIT
// What the library reports about a call whose answer was lost, code by code: whether it may have run,
// and whether it may be repeated. Repeating a call that only reads does no harm.

import { describe, expect, it } from 'vitest';
import { DosvcError, errorOf } from '../../lib/errors.js';
import type { Outcome } from '../../typings/binding.js';

const reads = [
  'IBackgroundCopyJob::GetState',
  'IBackgroundCopyJob::EnumFiles',
  'IBackgroundCopyManager::GetJob',
  'IBackgroundCopyManager::EnumJobs',
  'IBackgroundCopyFile3::IsDownloadedFromPeer',
];
const writes = [
  'IBackgroundCopyManager::CreateJob',
  'IBackgroundCopyJob::AddFile',
  'IBackgroundCopyJob::Resume',
  'IBackgroundCopyJob::Complete',
  'IBackgroundCopyJob::Cancel',
  'IBackgroundCopyJob::SetPriority',
  'IBackgroundCopyJob::TakeOwnership',
];
const connect = 'CoCreateInstance';

/** The connection was lost during the call. */
const lost: [name: string, hresult: number][] = [
  ['RPC_E_CALL_CANCELED', 0x80010002],
  ['RPC_E_CONNECTION_TERMINATED', 0x80010006],
  ['RPC_E_SERVER_DIED', 0x80010007],
  ['RPC_E_SERVERFAULT', 0x80010105],
  ['RPC_E_TIMEOUT', 0x8001011f],
  ['RPC_S_CALL_FAILED', 0x800706be],
];
/** The call did not reach the service. */
const unsent: [name: string, hresult: number][] = [
  ['RPC_E_CALL_REJECTED', 0x80010001],
  ['RPC_E_SERVER_DIED_DNE', 0x80010012],
  ['RPC_E_SERVERCALL_RETRYLATER', 0x8001010a],
  ['CO_E_OBJNOTCONNECTED', 0x800401fd],
  ['RPC_E_DISCONNECTED', 0x80010108],
  ['RPC_S_SERVER_UNAVAILABLE', 0x800706ba],
  ['RPC_S_SERVER_TOO_BUSY', 0x800706bb],
  ['RPC_S_CALL_FAILED_DNE', 0x800706bf],
];
/** The service refused the call, and will refuse it again. */
const refused: [name: string, hresult: number][] = [
  ['E_ACCESSDENIED', 0x80070005],
  ['E_INVALIDARG', 0x80070057],
  ['BG_E_INVALID_STATE', 0x80200002],
  ['DO_E_INVALID_STATE', 0x80d02013],
];
const advice = 'before you repeat it';

function errorAt(operation: string, outcome: Omit<Outcome, 'value'>): DosvcError {
  const error = errorOf({ value: null, ...outcome }, { service: 'BITS', operation });
  if (!(error instanceof DosvcError)) throw error;
  return error;
}

describe.for(lost)('%s', ([, hresult]) => {
  it('means that a call that changes something may have run', () => {
    for (const operation of writes) {
      const error = errorAt(operation, { hresult });
      expect(error).toMatchObject({ operation, mayHaveRun: true, retryable: false });
      expect(error.message).toContain(advice);
    }
  });

  it('lets the caller repeat a read, and connect again', () => {
    for (const operation of [...reads, connect]) {
      const error = errorAt(operation, { hresult });
      expect(error).toMatchObject({ operation, mayHaveRun: false, retryable: true });
      expect(error.message).not.toContain(advice);
    }
  });
});

it.for(unsent)('%s lets the caller repeat everything', ([, hresult]) => {
  for (const operation of [...reads, ...writes, connect]) {
    const error = errorAt(operation, { hresult });
    expect(error).toMatchObject({ operation, mayHaveRun: false, retryable: true });
    expect(error.message).not.toContain(advice);
  }
});

it.for(refused)('%s is no reason to repeat anything', ([code, hresult]) => {
  for (const operation of [...reads, ...writes, connect]) {
    const error = errorAt(operation, { hresult });
    expect(error).toMatchObject({ code, operation, mayHaveRun: false, retryable: false });
  }
});

it('a call whose result was not read to the end may have run', () => {
  const outcome = { hresult: 0x8007000e, stage: 'result', mayHaveRun: true } as const;
  const error = errorAt('IBackgroundCopyManager::CreateJob', outcome);
  expect(error).toMatchObject({ code: 'E_OUTOFMEMORY', mayHaveRun: true, retryable: false });
  expect(error.message).toContain(advice);
  expect(errorAt('IBackgroundCopyJob::GetOwner', outcome).mayHaveRun).toBe(false);
});

describe('a deadline that passed after the call was sent', () => {
  const outcome = { hresult: 0, stage: 'timeout', mayHaveRun: true } as const;
  const code = 'ERR_DOSVC_CALL_TIMEOUT';

  it('means that a call that changes something may have run', () => {
    for (const operation of writes) {
      const error = errorAt(operation, outcome);
      expect(error).toMatchObject({ code, operation, mayHaveRun: true, retryable: false });
      expect(error.message).toContain(advice);
    }
  });

  it('lets the caller repeat a read, and connect again', () => {
    for (const operation of [...reads, connect]) {
      const error = errorAt(operation, outcome);
      expect(error).toMatchObject({ code, operation, retryable: true });
      expect(error.message).not.toContain(advice);
      expect(error.message).not.toContain('was not sent');
    }
  });
});
