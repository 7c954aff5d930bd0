// SPDX-License-Identifier: MIT
// lib/transfer/http: which failures end a transfer, and which are waited out, for how long.

import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { DosvcError } from '../../../../lib/errors.js';
import { HttpServer } from '../../../http/server.js';
import { bytesOf } from '../../../http/served.js';
import { selfSigned } from '../../../http/certificate.js';
import { closedAddress } from '../../../http/closed-address.js';
import { rejection } from '../../../promises/rejection.js';
import { scenes } from './scene.js';

const scene = scenes();
const content = bytesOf(1000);

/** A server that refuses this many requests. */
function refusing(times: number, status: number, headers: Record<string, string> = {}) {
  return scene().serve(async (exchange) => {
    if (exchange.index < times) exchange.refuse(status, headers, '<html>no</html>');
    else await exchange.file(content);
  });
}

describe('a status', () => {
  it.each([204, 304, 400, 401, 403, 404, 407, 410, 451, 501, 505])(
    'of %i ends the transfer at once',
    async (status) => {
      const server = await refusing(1, status);
      const error = await rejection(scene().fetch(server.url()));
      expect(error).toMatchObject({
        name: 'DosvcError',
        hresult: 0x80190000 + status,
        httpStatus: status,
        operation: 'fetch',
        retryable: false,
        transient: false,
      });
      if (status === 404) expect(error).toHaveProperty('code', 'BG_E_HTTP_ERROR_404');
      expect(server.exchanges).toHaveLength(1);
      expect(scene().content).toHaveLength(0);
    },
  );

  it.each([408, 425, 429, 500, 502, 503, 504, 511, 520])('of %i is waited out', async (status) => {
    const server = await refusing(4, status);
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(scene().reports[0]).toMatchObject({
      waitingFor: 'retry',
      trouble: { httpStatus: status, transient: true },
    });
    expect(scene().reports.at(-1)).toMatchObject({ waitingFor: null, trouble: null });
  });

  it('that is waited out in vain ends the transfer', async () => {
    const server = await refusing(Infinity, 503);
    expect(await rejection(scene().fetch(server.url()))).toMatchObject({
      code: 'BG_E_HTTP_ERROR_503',
      retryable: true,
      transient: false,
      message: expect.stringContaining('It was tried 5 times.') as string,
    });
    expect(server.exchanges).toHaveLength(5);
  });
});

describe('the delay before a retry', () => {
  it('grows, and is not the same for everybody', async () => {
    const random = vi.spyOn(Math, 'random');
    for (const [chance, expected] of [
      [0, [250, 500, 1000, 2000]],
      [1, [500, 1000, 2000, 4000]],
    ] as const) {
      random.mockReturnValue(chance);
      const server = await refusing(Infinity, 500);
      await rejection(scene().fetch(server.url()));
      expect(scene().delays.splice(0)).toEqual(expected);
    }
  });

  const date = 'Sat, 01 Nov 2025 10:00:00 GMT';
  it.each([
    ['seconds', { 'Retry-After': '100' }],
    ['a date', { 'Retry-After': 'Sat, 01 Nov 2025 10:01:40 GMT', Date: date }],
  ])('is the one that the server wants, in %s', async (_, headers) => {
    const server = await refusing(1, 429, headers);
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(scene().delays[0]).toBeGreaterThanOrEqual(100_000);
    expect(scene().delays[0]).toBeLessThanOrEqual(100_500);
  });

  it.each([
    { 'Retry-After': date, Date: date },
    { 'Retry-After': 'soon' },
    { 'Retry-After': '-1' },
  ])('is the usual one with %j', async (headers) => {
    const server = await refusing(1, 503, headers);
    await scene().fetch(server.url());
    expect(scene().delays[0]).toBeLessThanOrEqual(500);
  });

  it('is not longer than a caller can want to wait', async () => {
    const server = await refusing(1, 503, { 'Retry-After': '3600' });
    expect(await rejection(scene().fetch(server.url()))).toMatchObject({
      code: 'BG_E_HTTP_ERROR_503',
      retryable: true,
      message: expect.stringContaining('wants to be asked again in 3600 s') as string,
    });
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('a connection', () => {
  it('that is refused is tried a few times', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch');
    const settings = { fetch: globalThis.fetch };
    const address = `http://${await closedAddress()}/file.bin?sig=s3cret`;
    const error = await rejection(scene().fetch(address, { settings }));
    expect(error).toMatchObject({
      name: 'DosvcError',
      code: 'ERROR_WINHTTP_CANNOT_CONNECT',
      operation: 'fetch',
      retryable: true,
      cause: { code: 'ECONNREFUSED' },
    });
    expect(inspect(error, { depth: 10 })).not.toContain('s3cret');
    expect(fetch).toHaveBeenCalledTimes(5);
    expect(scene().reports[0]).toMatchObject({
      waitingFor: 'retry',
      trouble: { code: 'ERROR_WINHTTP_CANNOT_CONNECT' },
    });
  });

  it('that is lost before the response is tried again', async () => {
    const server = await scene().serve(async (exchange) => {
      if (exchange.index === 0) exchange.request.socket.destroy();
      else await exchange.file(content);
    });
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
  });

  it('to a server that nobody vouches for is tried once', async () => {
    const server = await HttpServer.start(selfSigned('127.0.0.1'));
    try {
      const { url } = server.file('whole');
      const fetch = vi.spyOn(globalThis, 'fetch');
      const error = await rejection(scene().fetch(url, { settings: { fetch: globalThis.fetch } }));
      expect(error).toMatchObject({ code: 'ERROR_WINHTTP_SECURE_INVALID_CA' });
      expect(fetch).toHaveBeenCalledOnce();
    } finally {
      await server.stop();
    }
  });

  it('of another fetch fails likewise', async () => {
    let asked = 0;
    const fetch = () => {
      asked += 1;
      return Promise.reject(new Error('net::ERR_NAME_NOT_RESOLVED'));
    };
    const error = await rejection(scene().fetch('http://a.invalid/', { settings: { fetch } }));
    expect(error).toMatchObject({ code: 'ERROR_WINHTTP_NAME_NOT_RESOLVED' });
    expect(asked).toBe(5);
  });
});

describe('an error', () => {
  it('shows neither the secrets of the address nor the headers', async () => {
    const server = await refusing(Infinity, 403);
    const address = server.url('file.bin?sig=s3cret#s3cret').replace('//', '//user:s3cret@');
    const headers = [['X-Token', 's3cret']] as const;
    const error = await rejection(scene().fetch(address, { settings: { headers } }));
    if (!(error instanceof DosvcError)) throw error;
    expect(error.httpStatus).toBe(403);
    for (const printed of [inspect(error), error.stack, JSON.stringify(error)]) {
      expect(printed).not.toContain('s3cret');
    }
    const { authorization } = server.exchanges[0]?.request.headers ?? {};
    expect(authorization).toBe(`Basic ${Buffer.from('user:s3cret').toString('base64')}`);
  });
});
