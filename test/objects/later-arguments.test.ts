// SPDX-License-Identifier: MIT
// Bad input of the methods that BITS' later interfaces have.

import { afterEach, describe, vi } from 'vitest';
import { it } from './library-scene.js';
import { numbers, refuses } from './refusal.js';

const url = 'http://127.0.0.1/file.bin';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('bad input is rejected by', () => {
  it('the methods of the later interfaces', async ({ recorded: { job } }) => {
    await refuses(job, 'setMaximumDownloadTime', numbers('seconds'));
    await refuses(job, 'setNotifyCmdLine', [
      ['program', 'ERR_INVALID_ARG_TYPE', []],
      ['program', 'ERR_INVALID_ARG_VALUE', ['']],
      ['program', 'ERR_INVALID_ARG_VALUE', ['cmd.exe']],
      ['program', 'ERR_INVALID_ARG_VALUE', ['C:\\'.padEnd(260, 'x')]],
      ['parameters', 'ERR_INVALID_ARG_TYPE', ['C:\\a.exe', ['a']]],
      ['parameters', 'ERR_INVALID_ARG_VALUE', ['C:\\a.exe', 'x'.repeat(4001)]],
      ['parameters', 'ERR_INVALID_ARG_VALUE', ['C:\\a.exe', 'half\0text']],
      ['parameters', 'ERR_INVALID_ARG_VALUE', [null, 'a.exe']],
    ]);
    await refuses(job, 'setReplyFileName', [
      ['path', 'ERR_INVALID_ARG_TYPE', []],
      ['path', 'ERR_INVALID_ARG_VALUE', ['']],
      ['path', 'ERR_INVALID_ARG_VALUE', ['reply.bin']],
      ['path', 'ERR_INVALID_ARG_VALUE', ['\\\\?\\C:\\reply.bin']],
      ['path', 'ERR_INVALID_ARG_VALUE', ['C:\\'.padEnd(260, 'x')]],
    ]);
    await refuses(job, 'replaceRemotePrefix', [
      ['oldPrefix', 'ERR_INVALID_ARG_TYPE', []],
      ['oldPrefix', 'ERR_INVALID_ARG_VALUE', ['', url]],
      ['newPrefix', 'ERR_INVALID_ARG_TYPE', [url, null]],
      ['newPrefix', 'ERR_INVALID_ARG_VALUE', [url, 'x'.repeat(2201)]],
    ]);
    for (const method of ['setFileACLFlags', 'setPeerCachingFlags']) {
      await refuses(job, method, [
        ['flags', 'ERR_INVALID_ARG_TYPE', []],
        ['flags', 'ERR_INVALID_ARG_TYPE', [3]],
        ['flags', 'ERR_INVALID_ARG_TYPE', ['owner']],
        ['flags[0]', 'ERR_INVALID_ARG_TYPE', [[null]]],
        ['flags[0]', 'ERR_INVALID_ARG_VALUE', [['toString']]],
        ['flags[1]', 'ERR_OUT_OF_RANGE', [[1, 2 ** 32]]],
      ]);
    }
  });

  it('setCredentials and removeCredentials', async ({ recorded: { job } }) => {
    const good = { target: 'server', scheme: 'basic', userName: 'user', password: 'word' };
    const given = (more: object) => [{ ...good, ...more }];
    await refuses(job, 'setCredentials', [
      ['credentials.target', 'ERR_INVALID_ARG_TYPE', []],
      ['credentials', 'ERR_INVALID_ARG_TYPE', [null]],
      ['credentials', 'ERR_INVALID_ARG_TYPE', ['user:word']],
      ['credentials', 'ERR_INVALID_ARG_VALUE', given({ user: 'user' })],
      ['credentials.target', 'ERR_INVALID_ARG_TYPE', given({ target: 1 })],
      ['credentials.target', 'ERR_INVALID_ARG_VALUE', given({ target: 'Server' })],
      ['credentials.scheme', 'ERR_INVALID_ARG_VALUE', given({ scheme: 'kerberos' })],
      ['credentials.userName', 'ERR_INVALID_ARG_TYPE', given({ userName: 7 })],
      ['credentials.userName', 'ERR_INVALID_ARG_TYPE', given({ userName: null })],
      ['credentials.userName', 'ERR_INVALID_ARG_VALUE', given({ userName: 'x'.repeat(301) })],
      [
        'credentials.userName',
        'ERR_INVALID_ARG_TYPE',
        given({ scheme: 'passport', userName: null, password: null }),
      ],
      ['credentials.password', 'ERR_INVALID_ARG_TYPE', given({ password: null })],
      ['credentials.password', 'ERR_INVALID_ARG_TYPE', given({ password: undefined })],
      ['credentials.password', 'ERR_INVALID_ARG_VALUE', given({ password: 'half\0word' })],
      ['credentials.password', 'ERR_INVALID_ARG_VALUE', given({ password: 'x'.repeat(65_537) })],
      ['credentials.password', 'ERR_INVALID_ARG_TYPE', given({ scheme: 'ntlm', password: null })],
      ['credentials.password', 'ERR_INVALID_ARG_VALUE', given({ scheme: 'ntlm', userName: null })],
    ]);
    await refuses(job, 'removeCredentials', [
      ['target', 'ERR_INVALID_ARG_TYPE', []],
      ['target', 'ERR_INVALID_ARG_VALUE', ['client', 'basic']],
      ['scheme', 'ERR_INVALID_ARG_TYPE', ['server', 1]],
    ]);
  });

  it('the methods for HTTP', async ({ recorded: { job } }) => {
    const hash = new Uint8Array(20);
    await refuses(job, 'setClientCertificateByID', [
      ['storeLocation', 'ERR_INVALID_ARG_TYPE', []],
      ['storeLocation', 'ERR_INVALID_ARG_VALUE', ['user', 'MY', hash]],
      ['storeName', 'ERR_INVALID_ARG_VALUE', ['users', '', hash]],
      ['storeName', 'ERR_INVALID_ARG_VALUE', ['users', 'x'.repeat(256), hash]],
      ['certHash', 'ERR_INVALID_ARG_TYPE', ['users', 'MY', [1]]],
      ['certHash', 'ERR_INVALID_ARG_VALUE', ['users', 'MY', new Uint8Array(32)]],
      ['certHash', 'ERR_INVALID_ARG_VALUE', ['users', 'MY', '0g'.repeat(20)]],
      ['certHash', 'ERR_INVALID_ARG_VALUE', ['users', 'MY', '00'.repeat(20).concat('x')]],
    ]);
    await refuses(job, 'setClientCertificateByName', [
      ['storeLocation', 'ERR_INVALID_ARG_TYPE', [0]],
      ['storeName', 'ERR_INVALID_ARG_TYPE', ['users']],
      ['subjectName', 'ERR_INVALID_ARG_VALUE', ['users', 'MY', '']],
    ]);
    await refuses(job, 'setCustomHeaders', [
      ['headers', 'ERR_INVALID_ARG_TYPE', []],
      ['headers', 'ERR_INVALID_ARG_TYPE', ['X-A: 1']],
      ['headers', 'ERR_INVALID_ARG_TYPE', [[['X-A', '1']]]],
      ['headers', 'ERR_INVALID_ARG_TYPE', [{ 'X-A': 1 }]],
      ['headers', 'ERR_INVALID_ARG_VALUE', [{ 'X-A': 'a\r\nX-B: b' }]],
      ['headers', 'ERR_INVALID_ARG_VALUE', [{ 'X-A': 'a\nb' }]],
      ['headers', 'ERR_INVALID_ARG_VALUE', [{ 'X-A': 'a\0' }]],
      ['headers', 'ERR_INVALID_ARG_VALUE', [{ 'X-A\r\nX-B': 'b' }]],
      ['headers', 'ERR_INVALID_ARG_VALUE', [{ 'X-A:': 'b' }]],
      ['headers', 'ERR_INVALID_ARG_VALUE', [{ '': 'b' }]],
      ['headers', 'ERR_INVALID_ARG_VALUE', [{ 'X-A': 'x'.repeat(16_377) }]],
    ]);
    await refuses(job, 'setSecurityFlags', [
      ['flags', 'ERR_INVALID_ARG_TYPE', []],
      ['flags', 'ERR_INVALID_ARG_TYPE', [3]],
      ['flags', 'ERR_INVALID_ARG_VALUE', [{ ignoreUnknownCA: true }]],
      ['flags.ignoreUnknownCa', 'ERR_INVALID_ARG_TYPE', [{ ignoreUnknownCa: 1 }]],
      ['flags.redirectPolicy', 'ERR_INVALID_ARG_VALUE', [{ redirectPolicy: 'allow' }]],
      ['flags.redirectPolicy', 'ERR_OUT_OF_RANGE', [{ redirectPolicy: -1 }]],
      ['flags.redirectPolicy', 'ERR_OUT_OF_RANGE', [{ redirectPolicy: 8 }]],
      ['flags.otherFlags', 'ERR_OUT_OF_RANGE', [{ otherFlags: 0.5 }]],
      ['flags.otherFlags', 'ERR_OUT_OF_RANGE', [{ ignoreUnknownCa: false, otherFlags: 8 }]],
      ['flags.otherFlags', 'ERR_OUT_OF_RANGE', [{ otherFlags: 0x100 }]],
    ]);
    await refuses(job, 'setHttpMethod', [
      ['method', 'ERR_INVALID_ARG_TYPE', []],
      ['method', 'ERR_INVALID_ARG_VALUE', ['']],
      ['method', 'ERR_INVALID_ARG_VALUE', ['GET /']],
      ['method', 'ERR_INVALID_ARG_VALUE', ['GET\0']],
    ]);
  });
});
