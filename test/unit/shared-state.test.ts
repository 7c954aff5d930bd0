// SPDX-License-Identifier: MIT
// SharedState: how often this environment gave a job or download work, counted as its calls are answered.

import { describe, expect, it } from 'vitest';
import type { RowName } from '../../typings/binding.js';
import { SharedDownload } from '../../lib/downloads/shared-download.js';
import { SharedState } from '../../lib/remote/shared-state.js';

const done = { hresult: 0, value: null };

describe('SharedState counts', () => {
  it.each<[RowName, [number, number], ...unknown[]]>([
    ['IBackgroundCopyJob::Resume', [1, 0]],
    ['IDODownload::Start', [1, 0], null],
    ['IDODownload::Start', [1, 1], []],
    ['IBackgroundCopyJob::AddFile', [0, 1]],
    ['IBackgroundCopyJob::AddFileSet', [0, 1]],
    ['IBackgroundCopyJob3::AddFileWithRanges', [0, 1]],
    ['IDeliveryOptimizationJob::AddFileWithRanges', [0, 1]],
    ['IDeliveryOptimizationJob2::AddFile', [0, 1]],
    ['IBackgroundCopyJob::Suspend', [0, 0]],
    ['IBackgroundCopyFile::GetProgress', [0, 0]],
  ])('%s: %j', (row, [started, added], ...args) => {
    const shared = row.startsWith('IDO') ? new SharedDownload('key') : new SharedState('key');
    shared.answered({ row, args }, done);
    expect(shared.arrival()).toMatchObject({ started, added });
  });

  it.each([
    ['did not succeed', { hresult: 0x80070005, value: null }, 0],
    ['was not sent', { hresult: 0, value: null, stage: 'timeout' as const }, 0],
    ['may have run', { hresult: 0, value: null, stage: 'timeout', mayHaveRun: true } as const, 1],
    ['succeeded with a code of its own', { hresult: 1, value: null }, 1],
  ])('a call that %s: %s', (_what, outcome, started) => {
    const shared = new SharedState('key');
    shared.answered({ row: 'IBackgroundCopyJob::Resume', args: [] }, outcome);
    expect(shared.arrival().started).toBe(started);
  });
});

it('an arrival has a later place than those before it', () => {
  const shared = new SharedState('key');
  expect([shared.arrival().place, shared.arrival().place]).toEqual([1, 2]);
});
