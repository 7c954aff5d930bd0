// SPDX-License-Identifier: MIT
// lib/transfer/http: where redirects lead, and which headers go there.

import { describe, expect, it, vi } from 'vitest';
import { closedAddress } from '../../../http/closed-address.js';
import { bytesOf } from '../../../http/served.js';
import type { Exchange } from '../../../http/hostile.js';
import { rejection } from '../../../promises/rejection.js';
import { scenes } from './scene.js';

const scene = scenes();
const content = bytesOf(1000);
const headers = [
  ['Authorization', 'Bearer s3cret'],
  ['X-Contoso', 'update'],
] as const;
const harmless = [['X-Contoso', 'update']] as const;

/** Another fetch than Node's own, as Electron's: it does not leave redirects to its caller. */
function electronsFetch() {
  return vi.fn((...[address, init]: Parameters<typeof fetch>) => {
    if (init?.redirect === 'manual') return Promise.reject(new Error('Redirect was cancelled'));
    return fetch(address, init);
  });
}

const seen = ({ path, request }: Exchange) => [
  path,
  request.headers.authorization,
  request.headers['x-contoso'],
];

const fetches = [
  ['of Node', () => globalThis.fetch],
  ['of the caller', electronsFetch],
] as const;

describe.each(fetches)('with the fetch %s, redirects', (_, fetchOf) => {
  it('are followed', async () => {
    const server = await scene().serve(async (exchange) => {
      if (exchange.path === '/a') exchange.redirect('b?c#d', 307);
      else await exchange.file(content);
    });
    await scene().fetch(server.url('a'), { settings: { fetch: fetchOf() } });
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(({ path }) => path)).toEqual(['/a', '/b?c']);
  });

  it('to the same origin take the headers along, to another one they do not', async () => {
    const storage = await scene().serve((exchange) => exchange.file(content));
    const site = await scene().serve((exchange) => {
      exchange.redirect(exchange.path === '/a' ? '/b' : storage.url());
    });
    await scene().fetch(site.url('a'), { settings: { fetch: fetchOf(), headers } });
    expect(scene().content.equals(content)).toBe(true);
    const own = ['Bearer s3cret', 'update'];
    expect(site.exchanges.map(seen)).toEqual([
      ['/a', ...own],
      ['/b', ...own],
    ]);
    const wanted = storage.exchanges.map(({ request }) => request.headers);
    expect(wanted.length).toBeGreaterThan(0);
    for (const one of wanted) {
      expect(one).not.toHaveProperty('authorization');
      expect(one).not.toHaveProperty('x-contoso');
    }
  });

  it('in circles end', async () => {
    for (const given of [[], headers]) {
      const server = await scene().serve((exchange) => {
        exchange.redirect(exchange.path === '/a' ? '/b' : '/a');
      });
      const settings = { fetch: fetchOf(), headers: given };
      const error = await rejection(scene().fetch(server.url('a'), { settings }));
      expect(error).toMatchObject({ code: 'ERROR_WINHTTP_REDIRECT_FAILED' });
      expect(server.exchanges.length).toBeLessThanOrEqual(21);
    }
  });

  it('that never end do end', async () => {
    for (const given of [[], headers]) {
      const server = await scene().serve((exchange) => {
        exchange.redirect(`/${String(exchange.index)}`);
      });
      const settings = { fetch: fetchOf(), headers: given };
      const error = await rejection(scene().fetch(server.url('a'), { settings }));
      expect(error).toMatchObject({ code: 'ERROR_WINHTTP_REDIRECT_FAILED' });
      expect(server.exchanges.length).toBeLessThanOrEqual(21);
    }
  });

  it.each([401, 403, 410])('are asked for again if their address answers %i', async (status) => {
    let valid = 0;
    const server = await scene().serve(async (exchange) => {
      if (exchange.path === '/a') exchange.redirect(`/signed/${String((valid += 1))}`);
      else if (exchange.request.headers.range === 'bytes=0-0') exchange.refuse(206);
      else if (valid <= 5) exchange.refuse(status);
      else await exchange.file(content);
    });
    await scene().fetch(server.url('a'), { settings: { fetch: fetchOf(), headers } });
    expect(scene().content.equals(content)).toBe(true);
    expect(valid).toBe(6);
  });

  it('are not asked for again without end', async () => {
    const server = await scene().serve((exchange) => {
      if (exchange.path === '/a') exchange.redirect('/b');
      else if (exchange.request.headers.range === 'bytes=0-0') exchange.refuse(206);
      else exchange.refuse(403);
    });
    const settings = { fetch: fetchOf(), headers };
    const error = await rejection(scene().fetch(server.url('a'), { settings }));
    expect(error).toMatchObject({ httpStatus: 403 });
    expect(server.exchanges.filter(({ path }) => path === '/a')).toHaveLength(6);
  });
});

describe('an address that does not redirect', () => {
  it('and refuses the credentials is not asked again', async () => {
    const server = await scene().serve((exchange) => {
      exchange.refuse(403);
    });
    const error = await rejection(scene().fetch(server.url(), { settings: { headers } }));
    expect(error).toMatchObject({ httpStatus: 403 });
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('the fetch of the caller', () => {
  it('gets no response from a cache, and follows redirects itself if there are no headers', async () => {
    const server = await scene().serve((exchange) => exchange.file(content));
    const fetch = electronsFetch();
    await scene().fetch(server.url(), { settings: { fetch } });
    expect(fetch).toHaveBeenCalledOnce();
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ redirect: 'follow', cache: 'no-store' });
  });

  it('gets an address that redirects no further if there are headers', async () => {
    const server = await scene().serve(async (exchange) => {
      if (exchange.path === '/a') exchange.redirect('/b');
      else await exchange.file(content);
    });
    const fetch = electronsFetch();
    await scene().fetch(server.url('a'), { settings: { fetch, headers } });
    expect(fetch.mock.calls.map(([address]) => address)).toEqual([server.url('b')]);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ redirect: 'error' });
  });

  it('gets an address with harmless headers as it is, and is asked alone if it shows redirects', async () => {
    const storage = await scene().serve((exchange) => exchange.file(content));
    const site = await scene().serve((exchange) => {
      exchange.redirect(storage.url());
    });
    const real = globalThis.fetch;
    const nodes = vi.spyOn(globalThis, 'fetch');
    const own: typeof fetch = (...request) => real(...request);
    await scene().fetch(site.url(), { settings: { fetch: own, headers: harmless } });
    expect(scene().content.equals(content)).toBe(true);
    expect(site.exchanges.map(seen)).toEqual([['/file.bin', undefined, 'update']]);
    expect(storage.exchanges.map(seen)).toEqual([['/file.bin', undefined, undefined]]);
    expect(nodes).not.toHaveBeenCalled();
  });
});

describe('credentials', () => {
  it('go no other way when the server answers the look-up with an error', async () => {
    const server = await scene().serve((exchange) => {
      exchange.refuse(404);
    });
    const own = vi.fn(globalThis.fetch);
    const settings = { fetch: own, headers };
    await rejection(scene().fetch(server.url(), { settings }));
    expect(server.exchanges).not.toEqual([]);
    expect(own).not.toHaveBeenCalled();
  });

  it('are not given again to a fetch that follows a redirect it was told to leave', async () => {
    const storage = await scene().serve((exchange) => exchange.file(content));
    const server = await scene().serve((exchange) => {
      exchange.redirect(storage.url());
    });
    const origin = server.url('').replace(/\/$/, '');
    const real = globalThis.fetch;
    const own = vi.fn<typeof fetch>(() => real(`${origin}/a`));
    const address = `http://${await closedAddress()}/a`;
    const error = await rejection(scene().fetch(address, { settings: { fetch: own, headers } }));
    expect(error).toMatchObject({ message: expect.stringMatching(/does not show/) as string });
    expect(own.mock.calls.every(([asked]) => asked === address)).toBe(true);
  });
});

/** Another fetch than Node's own that alone knows the way to a server. */
function fetchThrough(origin: string, redirects: 'shown' | 'hidden') {
  return vi.fn(async (...[address, init]: Parameters<typeof fetch>) => {
    const { pathname } = new URL(address instanceof Request ? address.url : address);
    const response = await fetch(origin + pathname, { ...init, redirect: 'manual' });
    const isRedirect = response.status >= 300 && response.status < 400;
    if (isRedirect && redirects === 'hidden') throw new Error('Redirect was cancelled');
    return response;
  });
}

describe('a server that only the fetch of the caller reaches', () => {
  it.each([
    ['credentials', headers],
    ['harmless headers', harmless],
  ] as const)('is asked with %s', async (_name, given) => {
    const server = await scene().serve(async (exchange) => {
      if (exchange.path === '/a') exchange.redirect('/b');
      else await exchange.file(content);
    });
    const own = fetchThrough(server.url('').replace(/\/$/, ''), 'shown');
    const address = `http://${await closedAddress()}/a`;
    await scene().fetch(address, { settings: { fetch: own, headers: given } });
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(({ path }) => path)).toEqual(['/a', '/b']);
    for (const { request } of server.exchanges) expect(request.headers).toHaveProperty('x-contoso');
  });

  it.each([
    ['credentials', headers],
    ['harmless headers', harmless],
  ] as const)('and that redirects unseen is not asked with %s', async (_name, given) => {
    const server = await scene().serve((exchange) => {
      exchange.redirect('/b');
    });
    const own = fetchThrough(server.url('').replace(/\/$/, ''), 'hidden');
    const address = `http://${await closedAddress()}/a`;
    const settings = { fetch: own, headers: given };
    const error = await rejection(scene().fetch(address, { settings }));
    expect(error).toMatchObject({
      code: 'ERROR_WINHTTP_CANNOT_CONNECT',
      message: expect.stringMatching(/globalThis\.fetch.*does not show/) as string,
    });
    expect(server.exchanges.every(({ path }) => path === '/a')).toBe(true);
  });
});
