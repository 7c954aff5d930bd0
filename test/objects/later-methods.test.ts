// SPDX-License-Identifier: MIT
//
// The typed methods of BITS' later interfaces of a job, on the recorder.

import { describe, expect } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import { pointerSize } from '../facts/struct-layout.js';
import { uint32, type Step } from '../recorder/plan.js';
import { httpMethods } from './http-methods.js';
import { job2To4Methods } from './job-2-to-4-methods.js';
import { it } from './library-scene.js';
import { tryMethod } from './method.js';
import { writtenText } from './written.js';

const laterMethods = { ...job2To4Methods, ...httpMethods };
const setCredentials = 'IBackgroundCopyJob2::SetCredentials';
const getClientCertificate = 'IBackgroundCopyJobHttpOptions::GetClientCertificate';

describe('job', () => {
  const rows = Object.entries(laterMethods).flatMap(([name, given]) =>
    [given].flat().map((row) => [name, row] as const),
  );

  it.for(rows)('%s', async ([, method], { scene, recorded: { object, job } }) => {
    await tryMethod(scene, object, job, method);
  });

  it.for(Object.entries(laterMethods))(
    '%s passes on a refusal',
    async ([, given], { scene, recorded: { object, job } }) => {
      const [method] = [given].flat();
      if (method === undefined) throw new Error('no method');
      scene.tell(object, method.row, { hresult: hresultOf('BG_E_INVALID_STATE') });
      await expect(method.calls(job)).rejects.toMatchObject({
        code: 'BG_E_INVALID_STATE',
        operation: method.row,
      });
    },
  );

  it.for(Object.entries(laterMethods))(
    '%s rejects if the service is too old for it',
    async ([, given], { scene, recorded: { object, job } }) => {
      const [method] = [given].flat();
      if (method === undefined) throw new Error('no method');
      scene.deny(object, method.row.split('::')[0] ?? '');
      await expect(method.calls(job)).rejects.toMatchObject({
        code: 'ERR_DOSVC_INTERFACE_MISSING',
        operation: method.row,
      });
    },
  );
});

it('setCredentials passes both names as they are', async ({ scene, recorded: { object, job } }) => {
  const copies = [8, 8 + pointerSize].map((offset): Step => ({
    ...{ kind: 'copyText', argument: 0, behind: true },
    offset,
  }));
  scene.tell(object, setCredentials, { steps: copies });
  await job.setCredentials({
    ...{ target: 'server', scheme: 'basic' },
    ...{ userName: 'CONTOSO\\ä', password: 'pass wörd' },
  });
  expect(scene.calls(setCredentials).at(-1)?.copies).toEqual(
    ['CONTOSO\\ä', 'pass wörd'].map((text) => Buffer.from(text, 'utf16le').toString('hex')),
  );
});

it('getClientCertificate returns null for the answer to a job without one, and rejects with others', async ({
  scene,
  recorded: { object, job },
}) => {
  scene.tell(object, getClientCertificate, { hresult: 0x800706f7 });
  expect(await job.getClientCertificate()).toBeNull();
  scene.tell(object, getClientCertificate, { hresult: hresultOf('E_ACCESSDENIED') });
  await expect(job.getClientCertificate()).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
});

it('what the getter of flags and headers returned can be set again', async ({
  scene,
  recorded: { object, job },
}) => {
  const text = 'X-A: 1\r\nX-B: 2\r\n';
  scene.tell(object, 'IBackgroundCopyJobHttpOptions::GetCustomHeaders', {
    steps: [writtenText(0, text)],
  });
  const row = 'IBackgroundCopyJobHttpOptions::SetCustomHeaders';
  scene.tell(object, row, { steps: [{ kind: 'copyText', argument: 0 }] });
  await job.setCustomHeaders(await job.getCustomHeaders());
  expect(scene.calls(row).at(-1)?.copies).toEqual([Buffer.from(text, 'utf16le').toString('hex')]);

  const flags = 0x8000_1f1f;
  scene.tell(object, 'IBackgroundCopyJobHttpOptions::GetSecurityFlags', {
    steps: [{ kind: 'writeBytes', argument: 0, data: uint32(flags) }],
  });
  await job.setSecurityFlags(await job.getSecurityFlags());
  expect(scene.numbers('IBackgroundCopyJobHttpOptions::SetSecurityFlags')).toEqual([flags]);
});
