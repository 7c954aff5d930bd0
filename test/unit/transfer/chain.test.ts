// SPDX-License-Identifier: MIT
// Which route and which address of a download follows which, and which error it ends with.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TransferError } from '../../../lib/transfer/transfer-error.js';
import { closedAddress } from '../../http/closed-address.js';
import { rejection } from '../../promises/rejection.js';
import { breaks, codes, delivers, fails, hangs } from './routes.js';
import { content, scenes, sha256, url } from './scene.js';

const scene = scenes();
const [first, second] = ['https://one.example/f', 'https://two.example/f'];
const hash = { sha256 };

/** The attempts of a result or an error, in short. */
function brief({ attempts }: Pick<TransferError, 'attempts'>): string[] {
  return attempts.map(({ route, address, error }) => `${route} ${address} ${error.code}`);
}

describe('the chain', () => {
  it('takes the first route that works', async () => {
    const { ways, get, file, names } = scene();
    ways.on('delivery-optimization', delivers(content));
    const result = await get();
    expect(result).toEqual({
      ...{ route: 'delivery-optimization', id: 'delivery-optimization-0', file },
      ...{ bytes: content.length, verified: false, attempts: [] },
      elapsed: expect.any(Number) as number,
    });
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(names()).toEqual(['file.bin']);
  });

  it('goes on to the next route, and says why', async () => {
    const { ways, get } = scene();
    ways.on('delivery-optimization', fails('It is off.', codes.disabled));
    ways.on('bits', breaks(codes.connect)).on('http', delivers(content));
    const result = await get();
    expect(result.route).toBe('http');
    expect(brief(result)).toEqual([
      `delivery-optimization ${url} ERROR_SERVICE_DISABLED`,
      `bits ${url} ERROR_WINHTTP_CANNOT_CONNECT`,
    ]);
    const [, onBits] = ways.transfers;
    expect(onBits?.stopped).toBe('discard');
  });

  it('takes the routes of the caller, in the caller’s order', async () => {
    const { ways, get } = scene();
    ways.on('http', breaks(codes.connect)).on('bits', delivers(content));
    await get({ routes: ['http', 'bits'] });
    expect(ways.tried).toEqual([`http ${url}`, `bits ${url}`]);
  });

  it('says of the services where they cannot be', async () => {
    const { ways, get } = scene();
    ways.missing = ['delivery-optimization', 'bits'];
    ways.on('http', delivers(content));
    expect(brief(await get())).toEqual([
      `delivery-optimization ${url} ERR_DOSVC_UNSUPPORTED_PLATFORM`,
      `bits ${url} ERR_DOSVC_UNSUPPORTED_PLATFORM`,
    ]);
  });

  it('says of a service whose address could not be looked up', async () => {
    const { ways, get } = scene();
    ways.on('bits', delivers(content)).on('http', delivers(content));
    const options = { routes: ['bits', 'http'], headers: { 'X-Contoso': 'update' } } as const;
    const { route, attempts } = await get(options, `http://${await closedAddress()}/`);
    expect(route).toBe('http');
    expect(attempts[0]?.error).toMatchObject({
      code: 'ERROR_WINHTTP_CANNOT_CONNECT',
      message: expect.stringContaining('It was globalThis.fetch that failed') as string,
    });
  });

  it('begins a download anew that ended with its service, but not for ever', async () => {
    const lost = 0x80d02005;
    const { ways, get } = scene();
    ways.on('delivery-optimization', breaks(lost, 5), delivers(content));
    expect(brief(await get())).toEqual([`delivery-optimization ${url} DO_E_NO_DOWNLOADS`]);
    ways.on('delivery-optimization', breaks(lost)).on('bits', delivers(content));
    const { route, attempts } = await get();
    expect([route, attempts.length]).toEqual(['bits', 5]);
  });

  it('shows no secret of an address', async () => {
    const { ways, get } = scene();
    ways.on('http', breaks(codes.connect));
    const from = 'https://bob:pa55@example.com/f?sig=s3cret#part';
    const error = await rejection(get({ routes: ['http'] }, from));
    expect(error).toBeInstanceOf(TransferError);
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/pa55|s3cret/);
  });

  it('cuts the fragment off, and nothing else', async () => {
    const { ways, get } = scene();
    ways.on('bits', delivers(content));
    await get({ routes: ['bits'] }, 'https://example.com/%7Ea/ü?x=1&&y#frag#ment');
    expect(ways.tried).toEqual(['bits https://example.com/%7Ea/ü?x=1&&y']);
  });
});

describe('the error of a download', () => {
  const cases = [
    [[codes.disabled, codes.connect, codes.notFound], 'BG_E_HTTP_ERROR_404'],
    [[codes.notFound, codes.connect, codes.disabled], 'BG_E_HTTP_ERROR_404'],
    [[codes.connect, codes.disabled, codes.disabled], 'ERROR_WINHTTP_CANNOT_CONNECT'],
    [[codes.disabled, codes.disabled, codes.connect], 'ERROR_WINHTTP_CANNOT_CONNECT'],
    [[codes.disabled, codes.disabled, codes.disabled], 'ERROR_SERVICE_DISABLED'],
  ] as const;
  it.each(cases)('is that of the attempt that came furthest: %j', async ([a, b, c], code) => {
    const { ways, get, names } = scene();
    // Nobody listens there, so `fetch` does not confirm the 404.
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    ways.on('delivery-optimization', breaks(a)).on('bits', breaks(b)).on('http', breaks(c));
    const error = (await rejection(get({ fetch }))) as TransferError;
    expect(error).toMatchObject({ name: 'TransferError', code });
    expect(error.cause).toMatchObject({ code });
    expect(error.attempts).toHaveLength(3);
    expect(names()).toEqual([]);
  });

  it('has every attempt as plain objects in its JSON', async () => {
    const { ways, get } = scene();
    ways.on('bits', breaks(codes.notFound));
    const error = (await rejection(get({ routes: ['bits'] }))) as TransferError;
    const json = structuredClone(error.toJSON());
    expect(json).toMatchObject({
      ...{ name: 'TransferError', code: 'BG_E_HTTP_ERROR_404', httpStatus: 404 },
      attempts: [{ route: 'bits', address: url, error: { name: 'DosvcError', httpStatus: 404 } }],
    });
  });
});

describe('the chain ends at once', () => {
  it.each([codes.diskFull, codes.policy])('for 0x%x, which every route meets', async (code) => {
    const { ways, get } = scene();
    ways.on('delivery-optimization', breaks(code, 10)).on('http', delivers(content));
    const error = (await rejection(get())) as TransferError;
    expect(error.hresult).toBe(code);
    expect(ways.tried).toHaveLength(1);
  });

  it('for a 4xx that one fetch of the first byte meets, too', async () => {
    const { ways, get } = scene();
    const asked: unknown[] = [];
    const fetch = (address: unknown, init?: RequestInit) => {
      asked.push(address, new Headers(init?.headers).get('range'));
      return Promise.resolve(new Response(null, { status: 404 }));
    };
    ways.on('delivery-optimization', breaks(codes.forbidden)).on('http', delivers(content));
    const error = (await rejection(get({ fetch }))) as TransferError;
    expect(error.httpStatus).toBe(403);
    expect(asked).toEqual([url, 'bytes=0-0']);
    expect(ways.tried).toHaveLength(1);
  });

  it.each([200, 206, 500, 407, 408, 416, 429])(
    'not for a 403 where fetch gets %d',
    async (status) => {
      const { ways, get } = scene();
      const fetch = () => Promise.resolve(new Response(null, { status }));
      ways.on('delivery-optimization', breaks(codes.forbidden)).on('bits', delivers(content));
      expect((await get({ fetch })).route).toBe('bits');
    },
  );

  it('not for a status of the proxy, which fetch is not asked about', async () => {
    const { ways, get } = scene();
    const fetch = () => expect.fail('It was asked.');
    ways.on('delivery-optimization', breaks(codes.proxy)).on('bits', delivers(content));
    expect((await get({ fetch })).route).toBe('bits');
  });

  it('without a fetch where no other route is left', async () => {
    const { ways, get } = scene();
    const fetch = () => expect.fail('It was asked.');
    ways.on('bits', breaks(codes.notFound));
    await expect(get({ fetch, routes: ['bits'] })).rejects.toMatchObject({ httpStatus: 404 });
  });
});

describe('wrong content', () => {
  it('from a service leads to http alone', async () => {
    const { ways, get, file, names } = scene();
    ways.on('delivery-optimization', delivers('wrong')).on('http', delivers(content));
    const result = await get({ hash });
    expect(result).toMatchObject({ route: 'http', verified: 'sha256' });
    expect(brief(result)).toEqual([`delivery-optimization ${url} ERR_DOSVC_HASH_MISMATCH`]);
    expect(ways.tried).toEqual([`delivery-optimization ${url}`, `http ${url}`]);
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(names()).toEqual(['file.bin']);
  });

  it('from http is final, also with mirrors', async () => {
    const { ways, get, names, file } = scene();
    writeFileSync(file, 'what stood there');
    ways.on('http', delivers('wrong'));
    const error = await rejection(get({ hash, routes: ['http', 'bits'] }, [first, second]));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_HASH_MISMATCH' });
    expect(ways.tried).toEqual([`http ${first}`]);
    expect(names()).toEqual(['file.bin']);
    expect(readFileSync(file, 'utf8')).toBe('what stood there');
  });

  it('is the error where http cannot follow', async () => {
    const { ways, get } = scene();
    ways.on('delivery-optimization', delivers('wrong')).on('bits', delivers(content));
    const routes = ['delivery-optimization', 'bits'] as const;
    const error = await rejection(get({ hash, routes }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_HASH_MISMATCH' });
    expect(ways.tried).toHaveLength(1);
  });

  it('begins http at the address that was wrong', async () => {
    const { ways, get } = scene();
    ways.on('bits', breaks(codes.connect), delivers('wrong')).on('http', delivers(content));
    await get({ hash, routes: ['bits', 'http'] }, [first, second]);
    expect(ways.tried).toEqual([`bits ${first}`, `bits ${second}`, `http ${second}`]);
  });

  it('is a size other than the given one', async () => {
    const { ways, get } = scene();
    ways.on('bits', delivers('short')).on('http', delivers(content));
    const result = await get({ size: content.length, routes: ['bits', 'http'] });
    expect(result).toMatchObject({ route: 'http', verified: 'size' });
    expect(result.attempts[0]?.error.code).toBe('ERR_DOSVC_SIZE_MISMATCH');
  });

  it('is a length other than the declared one', async () => {
    const { ways, get } = scene();
    ways.on('bits', delivers('short', 100)).on('http', delivers(content, content.length));
    const result = await get({ routes: ['bits', 'http'] });
    expect(result).toMatchObject({ route: 'http', verified: 'length' });
    expect(result.attempts[0]?.error.code).toBe('ERR_DOSVC_SIZE_MISMATCH');
  });
});

describe('mirrors', () => {
  it.each([codes.connect, codes.unavailable])('follow one another after 0x%x', async (code) => {
    const { ways, get } = scene();
    ways.on('bits', breaks(code), delivers(content));
    const result = await get({ hash, routes: ['bits', 'http'] }, [first, second]);
    expect(ways.tried).toEqual([`bits ${first}`, `bits ${second}`]);
    expect(brief(result)).toHaveLength(1);
  });

  it('follow one another after a 4xx, and the refused one is not tried again', async () => {
    const { ways, get } = scene();
    const fetch = () => Promise.resolve(new Response(null, { status: 410 }));
    ways.on('bits', breaks(codes.notFound), breaks(codes.connect)).on('http', delivers(content));
    await get({ hash, fetch, routes: ['bits', 'http'] }, [first, second]);
    expect(ways.tried).toEqual([`bits ${first}`, `bits ${second}`, `http ${second}`]);
  });

  it('end where each of them is refused', async () => {
    const { ways, get } = scene();
    const fetch = () => Promise.resolve(new Response(null, { status: 404 }));
    ways.on('bits', breaks(codes.notFound)).on('http', delivers(content));
    const error = await rejection(get({ hash, fetch, routes: ['bits', 'http'] }, [first, second]));
    expect(error).toMatchObject({ code: 'BG_E_HTTP_ERROR_404' });
    expect(ways.tried).toEqual([`bits ${first}`, `bits ${second}`]);
  });

  it('follow one another after a stall', async () => {
    const { ways, get } = scene();
    ways.on('bits', hangs(), delivers(content));
    const result = await get({ hash, stallTimeout: 100, routes: ['bits'] }, [first, second]);
    expect(brief(result)).toEqual([`bits ${first} ERR_DOSVC_STALLED`]);
  });

  it('are not tried on a service that does not run', async () => {
    const { ways, get } = scene();
    ways.on('http', delivers(content));
    await get({ hash }, [first, second]);
    expect(ways.tried).toEqual([
      ...[`delivery-optimization ${first}`, `bits ${first}`],
      `http ${first}`,
    ]);
  });
});
