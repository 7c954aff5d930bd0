// SPDX-License-Identifier: MIT
// lib/transfer/fetch-error.ts: what a failed fetch is called.

import { describe, expect, it } from 'vitest';
import { DosvcError } from '../../../lib/errors.js';
import { fetchError } from '../../../lib/transfer/fetch-error.js';

/** The error of Node's fetch, which has what happened as its cause. */
function failed(message: string, code?: string): TypeError {
  const cause = Object.assign(new Error(message), code !== undefined && { code });
  return new TypeError('fetch failed', { cause });
}

describe('a failure of fetch', () => {
  it.each([
    [failed('getaddrinfo ENOTFOUND a.example', 'ENOTFOUND'), 'ERROR_WINHTTP_NAME_NOT_RESOLVED'],
    [failed('getaddrinfo EAI_AGAIN a.example', 'EAI_AGAIN'), 'ERROR_WINHTTP_NAME_NOT_RESOLVED'],
    [failed('connect ECONNREFUSED', 'ECONNREFUSED'), 'ERROR_WINHTTP_CANNOT_CONNECT'],
    [failed('connect EHOSTUNREACH', 'EHOSTUNREACH'), 'ERROR_WINHTTP_CANNOT_CONNECT'],
    [failed('Connect Timeout Error', 'UND_ERR_CONNECT_TIMEOUT'), 'ERROR_WINHTTP_TIMEOUT'],
    [failed('Body Timeout Error', 'UND_ERR_BODY_TIMEOUT'), 'ERROR_WINHTTP_TIMEOUT'],
    [failed('read ECONNRESET', 'ECONNRESET'), 'ERROR_WINHTTP_CONNECTION_ERROR'],
    [failed('other side closed', 'UND_ERR_SOCKET'), 'ERROR_WINHTTP_CONNECTION_ERROR'],
    [failed('Parse Error', 'HPE_INVALID_CONSTANT'), 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE'],
    [failed('certificate', 'CERT_HAS_EXPIRED'), 'ERROR_WINHTTP_SECURE_CERT_DATE_INVALID'],
    [failed('altnames', 'ERR_TLS_CERT_ALTNAME_INVALID'), 'ERROR_WINHTTP_SECURE_CERT_CN_INVALID'],
    [failed('self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'ERROR_WINHTTP_SECURE_INVALID_CA'],
    [failed('alert', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), 'ERROR_WINHTTP_SECURE_FAILURE'],
    [failed('redirect count exceeded'), 'ERROR_WINHTTP_REDIRECT_FAILED'],
    [failed('unexpected redirect'), 'ERROR_WINHTTP_REDIRECT_FAILED'],
    [failed(''), 'BG_E_HTTP_ERROR_407'],
    // Electron's.
    [new Error('net::ERR_NAME_NOT_RESOLVED'), 'ERROR_WINHTTP_NAME_NOT_RESOLVED'],
    [new Error('net::ERR_INTERNET_DISCONNECTED'), 'ERROR_WINHTTP_CANNOT_CONNECT'],
    [new Error('net::ERR_CONNECTION_REFUSED'), 'ERROR_WINHTTP_CANNOT_CONNECT'],
    [new Error('net::ERR_CONNECTION_RESET'), 'ERROR_WINHTTP_CONNECTION_ERROR'],
    [new Error('net::ERR_CONNECTION_TIMED_OUT'), 'ERROR_WINHTTP_TIMEOUT'],
    [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'ERROR_WINHTTP_SECURE_INVALID_CA'],
    [new Error('net::ERR_TOO_MANY_REDIRECTS'), 'ERROR_WINHTTP_REDIRECT_FAILED'],
    [new Error('Redirect was cancelled'), 'ERROR_WINHTTP_REDIRECT_FAILED'],
    [failed('bad port'), 'ERROR_WINHTTP_INVALID_URL'],
    // Unknown ones.
    [new TypeError('terminated'), 'ERROR_WINHTTP_CONNECTION_ERROR'],
    ['not even an error', 'ERROR_WINHTTP_CONNECTION_ERROR'],
    [undefined, 'ERROR_WINHTTP_CONNECTION_ERROR'],
  ])('%s is %s', (error, code) => {
    expect(fetchError(error)).toMatchObject({ name: 'DosvcError', code, operation: 'fetch' });
  });

  it('of several addresses is that of the first', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const all = new TypeError('fetch failed', { cause: new AggregateError([refused, refused]) });
    expect(fetchError(all)).toMatchObject({
      code: 'ERROR_WINHTTP_CANNOT_CONNECT',
      message: expect.stringContaining('(ECONNREFUSED)') as string,
    });
  });

  it('speaks of no service', () => {
    const codes = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'CERT_HAS_EXPIRED'];
    for (const code of codes) {
      expect(fetchError(failed(code, code)).message).not.toMatch(/service|resume/);
    }
  });

  it('that is unknown says so in its own words, unless they may show a secret', () => {
    expect(fetchError(new TypeError('terminated')).message).toContain('(terminated)');
    expect(fetchError(new Error('Authorization: s3cret')).message).not.toContain('s3cret');
  });

  it.each([
    new TypeError("Cannot read properties of undefined (reading 'headers')"),
    new TypeError('session.fetch is not a function'),
    new ReferenceError('agent is not defined'),
    Object.assign(new TypeError('The "url" argument'), { code: 'ERR_INVALID_ARG_TYPE' }),
    failed('invalid onRequestStart method', 'UND_ERR_INVALID_ARG'),
  ])('is a mistake of the caller: %s', (error) => {
    const cause = error.cause instanceof Error ? error.cause : error;
    expect(fetchError(error)).toMatchObject({
      ...{ code: 'E_UNEXPECTED', blame: 'caller', cause },
      message: expect.stringContaining(cause.message) as string,
    });
  });

  it('has as its cause what happened, unless that may show a secret', () => {
    const plain = failed('read ECONNRESET', 'ECONNRESET');
    expect(fetchError(plain).cause).toBe(plain.cause);
    const message = 'request to https://example.com/?sig=s3cret failed';
    const inside = new Error('refused', { cause: new Error(message) });
    const others = ['GET /file?sig=s3cret', 'Authorization: s3cret', 'bearer s3cret'];
    for (const error of [
      ...[new Error(message), failed(message, 'ECONNRESET'), inside],
      ...others.map((other) => failed(other)),
    ]) {
      const { cause, stack } = fetchError(Object.assign(error, { code: 'ECONNRESET' }));
      expect(cause).toBeUndefined();
      expect(stack).not.toContain('s3cret');
    }
  });

  it('is an abort if the signal is aborted, and itself if it is ours', () => {
    expect(fetchError(failed('x'), AbortSignal.abort('enough'))).toMatchObject({
      code: 'ABORT_ERR',
      cause: 'enough',
    });
    const ours = new DosvcError('ours', { code: 'ERR_DOSVC_CLOSED' });
    expect(fetchError(ours)).toBe(ours);
  });
});
