// SPDX-License-Identifier: MIT
//
// The methods of a job's options for HTTP: what the service gets and what comes back.

import type { BackgroundCopyJob } from 'dosvc';
import { enumValue } from '../facts/facts.js';
import { found, S_FALSE, S_OK } from './job-2-to-4-methods.js';
import type { Method } from './method.js';
import { writtenNumber, writtenText } from './written.js';

type Row = Method<BackgroundCopyJob>;

const hash = Buffer.from(Array.from({ length: 20 }, (_, at) => 0xa0 + at));

const http = (method: string) => `IBackgroundCopyJobHttpOptions::${method}`;
const http2 = (method: string) => `IBackgroundCopyJobHttpOptions2::${method}`;

const off = {
  enableCrlCheck: false,
  ignoreCertCnInvalid: false,
  ignoreCertDateInvalid: false,
  ignoreUnknownCa: false,
  ignoreCertWrongUsage: false,
  allowHttpsToHttp: false,
  redirectPolicy: 'allow-silent',
};
const security: [given: object, flags: number][] = [
  [{}, 0],
  [{ enableCrlCheck: true }, 0x1],
  [{ ignoreCertCnInvalid: true }, 0x2],
  [{ ignoreCertDateInvalid: true }, 0x4],
  [{ ignoreUnknownCa: true }, 0x8],
  [{ ignoreCertWrongUsage: true }, 0x10],
  [{ redirectPolicy: 'allow-report', allowHttpsToHttp: true }, 0x900],
  [{ redirectPolicy: 'disallow', enableCrlCheck: true }, 0x201],
  [{ redirectPolicy: 0x700, otherFlags: 0x8000_1000 }, 0x8000_1700],
];

export const httpMethods: Record<string, Row | Row[]> = {
  setClientCertificateByID: [hash, hash.toString('hex').toUpperCase()].map((given) => ({
    calls: (job) => job.setClientCertificateByID('local-machine', 'MY', given),
    row: http('SetClientCertificateByID'),
    given: [enumValue('BG_CERT_STORE_LOCATION_LOCAL_MACHINE'), 'MY', hash],
  })),
  setClientCertificateByName: {
    calls: (job) => job.setClientCertificateByName('current-user', 'MY', 'Contoso, client'),
    row: http('SetClientCertificateByName'),
    given: [enumValue('BG_CERT_STORE_LOCATION_CURRENT_USER'), 'MY', 'Contoso, client'],
  },
  removeClientCertificate: [S_OK, S_FALSE].map((hresult) => ({
    calls: (job) => job.removeClientCertificate(),
    row: http('RemoveClientCertificate'),
    ...found(hresult),
  })),
  getClientCertificate: [
    {
      calls: (job) => job.getClientCertificate(),
      row: http('GetClientCertificate'),
      steps: [
        writtenNumber(0, enumValue('BG_CERT_STORE_LOCATION_USERS')),
        writtenText(1, 'MY'),
        { kind: 'writeMemory', argument: 2, data: hash },
        writtenText(3, 'client, Contoso'),
      ],
      result: {
        ...{ storeLocation: 'users', storeName: 'MY' },
        ...{ certHash: hash, subjectName: 'client, Contoso' },
      },
    },
    {
      calls: (job) => job.getClientCertificate(),
      row: http('GetClientCertificate'),
      steps: [writtenNumber(0, 99), writtenText(1, 'MY')],
      result: { storeLocation: 99, storeName: 'MY', certHash: null, subjectName: null },
    },
    { calls: (job) => job.getClientCertificate(), row: http('GetClientCertificate'), result: null },
  ],
  setCustomHeaders: [
    {
      calls: (job) =>
        job.setCustomHeaders({
          'X-Contoso': ' a: b ',
          Host: 'x',
          'X-More': 'ä',
          'X-No': undefined,
        }),
      row: http('SetCustomHeaders'),
      given: ['X-Contoso: a: b\r\nHost: x\r\nX-More: ä\r\n'],
    },
    {
      calls: (job) => job.setCustomHeaders(new Headers({ Range: 'bytes=0-0' })),
      row: http('SetCustomHeaders'),
      given: ['range: bytes=0-0\r\n'],
    },
    ...[null, {}].map((headers) => ({
      calls: (job: BackgroundCopyJob) => job.setCustomHeaders(headers),
      row: http('SetCustomHeaders'),
      given: [null],
    })),
  ],
  getCustomHeaders: [
    {
      calls: (job) => job.getCustomHeaders(),
      row: http('GetCustomHeaders'),
      steps: [writtenText(0, 'X-A: 1\r\nX-B: a: b\nx-a:2\n: no name\r\nalone\r\n__proto__: x\r\n')],
      result: Object.fromEntries([
        ...[['X-A', '1, 2'] as const, ['X-B', 'a: b'] as const],
        ...[['alone', ''] as const, ['__proto__', 'x'] as const],
      ]),
    },
    {
      calls: (job) => job.getCustomHeaders(),
      row: http('GetCustomHeaders'),
      hresult: S_FALSE,
      result: null,
    },
  ],
  setSecurityFlags: security.map(([given, flags]) => ({
    calls: (job) => job.setSecurityFlags(given),
    row: http('SetSecurityFlags'),
    given: [flags],
  })),
  getSecurityFlags: security.map(([given, flags]) => ({
    calls: (job) => job.getSecurityFlags(),
    row: http('GetSecurityFlags'),
    steps: [writtenNumber(0, flags)],
    result: { ...off, ...given },
  })),
  setHttpMethod: {
    calls: (job) => job.setHttpMethod('BITS_POST'),
    row: http2('SetHttpMethod'),
    given: ['BITS_POST'],
  },
  getHttpMethod: {
    calls: (job) => job.getHttpMethod(),
    row: http2('GetHttpMethod'),
    steps: [writtenText(0, 'GET')],
    result: 'GET',
  },
  makeCustomHeadersWriteOnly: {
    calls: (job) => job.makeCustomHeadersWriteOnly(),
    row: 'IBackgroundCopyJobHttpOptions3::MakeCustomHeadersWriteOnly',
  },
};
