// SPDX-License-Identifier: MIT
// lib/transfer/services/outcomes.ts: calls that are repeated because their service had stopped.

import { expect, it, vi } from 'vitest';
import { DosvcError } from '../../../lib/errors.js';
import { again, end } from '../../../lib/transfer/services/outcomes.js';

const unavailable = { code: 'RPC_S_SERVER_UNAVAILABLE', hresult: 0x800706ba };
const unsent = () => new DosvcError('unsent', { ...unavailable, retryable: true });
const lost = () => new DosvcError('lost', { ...unavailable, retryable: false, mayHaveRun: true });
const other = () =>
  new DosvcError('other', { code: 'E_FAIL', hresult: 0x80004005, retryable: true });

it.each([
  ['again() repeats what was not sent', again, unsent, 2],
  ['again() does not repeat what may have run', again, lost, 1],
  ['again() does not repeat another failure', again, other, 1],
  ['end() repeats what was not sent', end, unsent, 2],
  ['end() repeats what may have run', end, lost, 2],
  ['end() does not repeat another failure', end, other, 1],
] as const)('%s', async (_what, make, error, times) => {
  const call = vi.fn(() => Promise.reject(error()));
  await expect(make(call)).rejects.toThrow(error().message);
  expect(call).toHaveBeenCalledTimes(times);
});

it('what succeeds the second time has succeeded', async () => {
  const call = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(unsent())
    .mockResolvedValue('done');
  expect(await again(call)).toBe('done');
});
