// SPDX-License-Identifier: MIT
// lib/transfer/redirects.ts: where redirects end, which headers may go there, and what fails on the way.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DosvcError } from '../../../lib/errors.js';
import { resolveAddress } from '../../../lib/transfer/redirects.js';
import { closedAddress } from '../../http/closed-address.js';

const servers: Server[] = [];

/** Starts a server; returns its origin and the requests that it got. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${String(port)}`, asked };
}

function redirect(response: ServerResponse, location: string, status = 302): void {
  response.writeHead(status, { Location: Buffer.from(location).toString('latin1') }).end();
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

const never = new AbortController().signal;
const token = [['Authorization', 'Bearer s3cret']] as const;
const resolve = (address: string, headers: readonly (readonly [string, string])[] = []) =>
  resolveAddress(address, headers, never);

async function failure(address: string): Promise<DosvcError> {
  const error: unknown = await resolve(address, token).catch((error: unknown) => error);
  if (!(error instanceof DosvcError)) throw error;
  expect(inspect(error)).not.toContain('s3cret');
  return error;
}

describe('an address that does not redirect', () => {
  it('is returned byte for byte, with its headers', async () => {
    const { origin, asked } = await serve((_, response) => response.writeHead(206).end('x'));
    const address = `${origin}/a%2Fb/./ü?c=%20&sig=1`;
    expect(await resolve(address, token)).toEqual({ address, headers: token });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.method).toBe('GET');
    expect(asked[0]?.headers).toMatchObject({
      range: 'bytes=0-0',
      'accept-encoding': 'identity',
      authorization: token[0][1],
    });
  });

  it('may be that of an empty file', async () => {
    const { origin } = await serve((_, response) => response.writeHead(416).end());
    await expect(resolve(origin)).resolves.toEqual({ address: origin, headers: [] });
  });

  it('is not read further than its headers', async () => {
    const { origin, asked } = await serve((_, response) => {
      response.writeHead(200);
      response.write(Buffer.alloc(1000));
    });
    await resolve(origin);
    expect(asked).toHaveLength(1);
    const [request] = asked;
    if (request && !request.socket.destroyed) await once(request.socket, 'close');
  });

  it('loses its user information to a header', async () => {
    const { origin, asked } = await serve((_, response) => response.end());
    const { address, headers } = await resolve(origin.replace('//', '//bob:pa55@'));
    const basic = `Basic ${Buffer.from('bob:pa55').toString('base64')}`;
    expect({ address, headers }).toEqual({ address: origin, headers: [['Authorization', basic]] });
    expect(asked[0]?.headers.authorization).toBe(basic);
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('of status %i are followed', async (status) => {
    const { origin } = await serve(({ url }, response) => {
      if (url === '/a') redirect(response, '../b?c#d', status);
      else response.end();
    });
    await expect(resolve(`${origin}/a`, token)).resolves.toEqual({
      address: `${origin}/b?c`,
      headers: token,
    });
  });

  it('to another origin lose every header, also back at the first', async () => {
    const first = await serve(({ url }, response) => {
      if (url === '/a') redirect(response, `${second.origin}/b`);
      else response.end();
    });
    const second = await serve((_, response) => {
      redirect(response, `${first.origin}/c`);
    });
    const headers = [...token, ['X-Contoso', 'update'] as const];
    expect(await resolve(`${first.origin}/a`, headers)).toEqual({
      address: `${first.origin}/c`,
      headers: [],
    });
    const seen = [...first.asked, ...second.asked].map(({ url, headers }) => [
      url,
      headers.authorization,
      headers['x-contoso'],
    ]);
    expect(seen).toEqual([
      ['/a', token[0][1], 'update'],
      ['/c', undefined, undefined],
      ['/b', undefined, undefined],
    ]);
  });

  it('may name the address in UTF-8', async () => {
    const { origin } = await serve(({ url }, response) => {
      if (url === '/a') redirect(response, '/ü');
      else response.end();
    });
    await expect(resolve(`${origin}/a`)).resolves.toMatchObject({ address: `${origin}/%C3%BC` });
  });

  it('end after twenty', async () => {
    const { origin, asked } = await serve((_, response) => {
      redirect(response, `/${String(asked.length)}`);
    });
    expect(await failure(origin)).toMatchObject({ code: 'ERROR_WINHTTP_REDIRECT_FAILED' });
    expect(asked).toHaveLength(21);
  });

  it.each([['/a'], ['/b', '/a'], ['/b', '/c', '/b#fragment']])(
    'in a circle end where it closes: %j %j %j',
    async (...ways) => {
      const { origin, asked } = await serve((_, response) => {
        redirect(response, ways[asked.length - 1] ?? '/');
      });
      expect(await failure(`${origin}/a`)).toMatchObject({
        code: 'ERROR_WINHTTP_REDIRECT_FAILED',
        message: expect.stringContaining('in a circle') as string,
      });
      expect(asked).toHaveLength(ways.length);
    },
  );

  it.each(['ftp://example.com/', 'http://', 'file:///C:/Windows/win.ini'])(
    'to %s are refused',
    async (location) => {
      const { origin } = await serve((_, response) => {
        redirect(response, location);
      });
      expect(await failure(origin)).toMatchObject({
        code: 'ERROR_WINHTTP_REDIRECT_FAILED',
        message: expect.stringMatching(
          /^fetch: The server redirects.* Check the server, or use the address of the file itself\./,
        ) as string,
      });
    },
  );

  it('from https to http are refused', async () => {
    const response = new Response(null, {
      status: 302,
      headers: { Location: 'http://127.0.0.1/' },
    });
    const fetch = vi.spyOn(globalThis, 'fetch').mockResolvedValue(response);
    expect(await failure('https://127.0.0.1/')).toMatchObject({
      code: 'ERROR_WINHTTP_REDIRECT_FAILED',
    });
    expect(fetch).toHaveBeenCalledOnce();
    fetch.mockRestore();
  });

  it('without an address are refused', async () => {
    const { origin } = await serve((_, response) => response.writeHead(302).end());
    expect(await failure(origin)).toMatchObject({ code: 'ERROR_WINHTTP_REDIRECT_FAILED' });
  });
});

describe('a failure', () => {
  it.each([300, 401, 403, 404, 410, 500])('of status %i has its code', async (status) => {
    const { origin } = await serve((_, response) => response.writeHead(status).end());
    expect(await failure(`${origin}/?sig=s3cret`)).toMatchObject({
      code: `BG_E_HTTP_ERROR_${String(status)}`,
      httpStatus: status,
      operation: 'fetch',
    });
  });

  it('to connect has the code that the services give it', async () => {
    const address = `http://${await closedAddress()}/?sig=s3cret`;
    expect(await failure(address)).toMatchObject({ code: 'ERROR_WINHTTP_CANNOT_CONNECT' });
  });

  it('of the connection, likewise', async () => {
    const { origin } = await serve((_, response) => response.destroy());
    expect(await failure(origin)).toMatchObject({ code: 'ERROR_WINHTTP_CONNECTION_ERROR' });
  });

  it('of a server that speaks no HTTP, likewise', async () => {
    const { origin } = await serve((_, response) => response.socket?.end('SSH-2.0-x\r\n'));
    expect(await failure(origin)).toMatchObject({ code: 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE' });
  });
});

describe('an abort', () => {
  it('ends a request that is not answered', async () => {
    const controller = new AbortController();
    const { origin } = await serve(() => {
      controller.abort('enough');
    });
    await expect(resolveAddress(origin, [], controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
      code: 'ABORT_ERR',
      cause: 'enough',
    });
  });

  it('before the first request sends none', async () => {
    const { origin, asked } = await serve((_, response) => response.end());
    await expect(resolveAddress(origin, [], AbortSignal.abort())).rejects.toMatchObject({
      code: 'ABORT_ERR',
    });
    expect(asked).toEqual([]);
  });
});
