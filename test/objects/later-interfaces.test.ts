// SPDX-License-Identifier: MIT
//
// A job's later interfaces, by the names that as() takes.

import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { uint64 } from '../recorder/plan.js';
import { it } from './library-scene.js';
import { tryMethod, type Method } from './method.js';
import { allOnes, writtenBytes, writtenNumber, writtenText } from './written.js';

type Row = Method<BackgroundCopyJob>;

describe('as()', () => {
  const tries: [string, Row][] = [];
  const add = (row: string, method: Omit<Row, 'row'>) => {
    tries.push([row, { row, ...method }]);
  };
  add('IBackgroundCopyJob2::SetNotifyCmdLine', {
    calls: (job) => job.as('IBackgroundCopyJob2').setNotifyCmdLine('C:\\a.exe', null),
    given: ['C:\\a.exe', null],
    result: null,
  });
  add('IBackgroundCopyJob2::GetReplyProgress', {
    calls: (job) => job.as('IBackgroundCopyJob2').getReplyProgress(),
    steps: [writtenBytes(0, Buffer.concat([uint64(allOnes), uint64(5)]))],
    result: { bytesTotal: null, bytesTransferred: 5 },
  });
  add('IBackgroundCopyJob3::GetFileACLFlags', {
    calls: (job) => job.as('IBackgroundCopyJob3').getFileACLFlags(),
    steps: [writtenNumber(0, 15)],
    result: 15,
  });
  add('IBackgroundCopyJob4::GetOwnerElevationState', {
    calls: (job) => job.as('IBackgroundCopyJob4').getOwnerElevationState(),
    steps: [writtenNumber(0, 1)],
    result: true,
  });
  add('IBackgroundCopyJob4::SetMaximumDownloadTime', {
    calls: (job) => job.as('IBackgroundCopyJob4').setMaximumDownloadTime(7),
    given: [7],
    result: null,
  });
  add('IBackgroundCopyJobHttpOptions::SetCustomHeaders', {
    calls: (job) => job.as('IBackgroundCopyJobHttpOptions').setCustomHeaders('a: b'),
    given: ['a: b'],
    result: null,
  });
  add('IBackgroundCopyJobHttpOptions2::GetHttpMethod', {
    calls: (job) => job.as('IBackgroundCopyJobHttpOptions2').getHttpMethod(),
    steps: [writtenText(0, 'GET')],
    result: 'GET',
  });
  add('IBackgroundCopyJobHttpOptions3::MakeCustomHeadersWriteOnly', {
    calls: (job) => job.as('IBackgroundCopyJobHttpOptions3').makeCustomHeadersWriteOnly(),
    result: null,
  });
  add('IBitsTokenOptions::SetHelperTokenFlags', {
    calls: (job) => job.as('IBitsTokenOptions').setHelperTokenFlags(3),
    given: [3],
    result: null,
  });
  add('IBitsTokenOptions::GetHelperTokenFlags', {
    calls: (job) => job.as('IBitsTokenOptions').getHelperTokenFlags(),
    steps: [writtenNumber(0, 2)],
    result: 2,
  });
  add('IBitsTokenOptions::SetHelperToken', {
    calls: (job) => job.as('IBitsTokenOptions').setHelperToken(),
    result: null,
  });
  add('IBitsTokenOptions::ClearHelperToken', {
    calls: (job) => job.as('IBitsTokenOptions').clearHelperToken(),
    result: null,
  });
  add('IBitsTokenOptions::GetHelperTokenSid', {
    calls: (job) => job.as('IBitsTokenOptions').getHelperTokenSid(),
    steps: [writtenText(0, 'S-1-5-18')],
    result: 'S-1-5-18',
  });

  it.for(tries)('%s', async ([, method], { scene, recorded: { object, job } }) => {
    await tryMethod(scene, object, job, method);
  });

  it('returns an object that can be printed without a call', async ({
    scene,
    recorded: { job },
  }) => {
    const methods = job.as('IBackgroundCopyJob3');
    await job.getState();
    const before = scene.calls().length;
    // eslint-disable-next-line @typescript-eslint/no-base-to-string, @typescript-eslint/restrict-template-expressions -- that is the case
    expect(`${methods}`).toBe('[object Object]');
    expect(JSON.stringify({ methods })).toBe('{"methods":{}}');
    await job.getState();
    expect(scene.calls().length).toBe(before + 1);
  });

  it('refuses unknown names, and returns an object that can be awaited', async ({
    recorded: { job },
  }) => {
    expect(() => job.as('IUnknown' as 'IBackgroundCopyJob2')).toThrow(TypeError);
    const found = job.as('IBackgroundCopyJob3');
    expect(await Promise.resolve(found)).toBe(found);
    const unknown = found as unknown as { explode: () => Promise<unknown> };
    await expect(unknown.explode()).rejects.toThrow(TypeError);
  });
});
