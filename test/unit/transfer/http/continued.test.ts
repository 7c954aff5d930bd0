// SPDX-License-Identifier: MIT
// lib/transfer/http: a file that comes in several responses, from servers that change their minds.

import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../http/served.js';
import type { Exchange, Sending } from '../../../http/hostile.js';
import { rejection } from '../../../promises/rejection.js';
import { scenes } from './scene.js';

const scene = scenes();
const content = bytesOf(300_000);
const other = bytesOf(300_000, 2);
const half = 150_000;
const lastModified = 'Sat, 01 Nov 2025 10:00:00 GMT';

/** A server that sends the file in the first of these ways, then in the next, and at last as it is. */
function serve(...ways: (Sending & { content?: Buffer })[]) {
  return scene().serve((exchange) => {
    const { content: sent = content, ...sending } = ways[exchange.index] ?? { etag: '"1"' };
    return exchange.file(sent, sending);
  });
}

function asked({ request }: Exchange) {
  return { range: request.headers.range, ifRange: request.headers['if-range'] };
}

const whole = { range: undefined, ifRange: undefined };
const rest = (ifRange: string, from = half) => ({ range: `bytes=${String(from)}-`, ifRange });

describe('a response that is cut', () => {
  it.each([
    ['a tag', { etag: '"1"', lastModified }, '"1"'],
    ['a date', { lastModified }, lastModified],
    ['a weak tag and a date', { etag: 'W/"1"', lastModified }, lastModified],
    ['a tag, and no length', { etag: '"1"', chunked: true }, '"1"'],
  ])('is continued by %s', async (_, sending, validator) => {
    const server = await serve({ ...sending, cut: half }, sending);
    const { bytes } = await scene().fetch(server.url());
    expect(bytes).toBe(content.length);
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(asked)).toEqual([whole, rest(validator)]);
    expect(server.sent).toBe(content.length);
  });

  it.each([
    ['no validator', {}],
    ['a weak tag', { etag: 'W/"1"' }],
    ['a tag that is none', { etag: 'unquoted' }],
    [
      'the date of this very second',
      { headers: { 'Last-Modified': lastModified, Date: lastModified } },
    ],
    ['a date that is none', { headers: { 'Last-Modified': 'yesterday' } }],
  ])('begins anew with %s', async (_, sending) => {
    const server = await serve({ ...sending, cut: half }, sending);
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(asked)).toEqual([whole, whole]);
  });

  it('every 64 KB is continued each time, and no byte comes twice', async () => {
    const cut = 65_536;
    const big = bytesOf(30 * cut + 1000);
    const server = await scene().serve((exchange) => exchange.file(big, { etag: '"1"', cut }));
    await scene().fetch(server.url());
    expect(scene().content.equals(big)).toBe(true);
    expect(server.exchanges.map(({ from }) => from)).toEqual(
      Array.from({ length: 31 }, (_, at) => at * cut),
    );
    expect(server.sent).toBe(big.length);
    expect(scene().reports.some(({ waitingFor }) => waitingFor === 'retry')).toBe(true);
    const bytes = scene().reports.map(({ bytesTransferred }) => bytesTransferred);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  it('is an error if that brings nothing new, again and again', async () => {
    const server = await scene().serve((exchange) => exchange.file(content, { cut: half }));
    const error = await rejection(scene().fetch(server.url()));
    expect(error).toMatchObject({
      name: 'DosvcError',
      code: 'ERROR_WINHTTP_CONNECTION_ERROR',
      operation: 'fetch',
      retryable: true,
      transient: false,
      message: expect.stringContaining('It was tried 5 times.') as string,
    });
    // The first one brought half of it.
    expect(server.exchanges).toHaveLength(6);
  });

  it('without a length is not taken for whole', async () => {
    const server = await serve({ chunked: true, cut: half });
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges).toHaveLength(2);
  });

  it('is reported, with its error, until the file moves on', async () => {
    const server = await serve({ etag: '"1"', cut: half });
    await scene().fetch(server.url());
    const waiting = scene().reports.findIndex(({ waitingFor }) => waitingFor === 'retry');
    expect(scene().reports[waiting]).toMatchObject({
      bytesTransferred: half,
      bytesTotal: content.length,
      trouble: { name: 'DosvcError', code: 'ERROR_WINHTTP_CONNECTION_ERROR', transient: true },
    });
    expect(scene().reports[waiting + 1]).toMatchObject({ waitingFor: null, trouble: null });
  });
});

describe('another version of the file', () => {
  it.each([
    ['is sent whole', { etag: '"2"' }, 2],
    ['is sent in part, with its tag', { etag: '"2"', ifRange: false }, 3],
    ['is sent in part, without its tag', { ifRange: false }, 3],
    ['is sent in part, with its size', { etag: '"1"', content: bytesOf(300_001) }, 3],
  ])('takes the place of the first if it %s', async (_, sending, requests) => {
    const second = { content: other, ...sending };
    const server = await serve({ etag: '"1"', cut: half }, second, { content: second.content });
    await scene().fetch(server.url());
    expect(scene().content.equals(second.content)).toBe(true);
    expect(server.exchanges).toHaveLength(requests);
    expect(scene().reports.map(({ bytesTransferred }) => bytesTransferred)).toContain(0);
  });

  it('with the same tag as the first, from each node, does not end in a mixture', async () => {
    const nodes = [content, other];
    const server = await scene().serve((exchange) => {
      const { index } = exchange;
      const etag = `"${String(index % 2)}"`;
      const node = nodes[index % 2] ?? content;
      return exchange.file(node, { etag, ...(index < 3 && { cut: half + index }) });
    });
    await scene().fetch(server.url());
    const last = nodes[(server.exchanges.length - 1) % 2];
    expect(scene().content.equals(last ?? content)).toBe(true);
  });

  it('from each node that is cut each time is an error in the end', async () => {
    const server = await scene().serve((exchange) =>
      exchange.file(content, { etag: `"${String(exchange.index)}"`, cut: half }),
    );
    const error = await rejection(scene().fetch(server.url()));
    expect(error).toMatchObject({ code: 'ERROR_WINHTTP_CONNECTION_ERROR' });
    expect(server.exchanges).toHaveLength(6);
  });
});

describe('a server that misunderstands ranges', () => {
  const first = { etag: '"1"', cut: half };

  it('and sends the whole file is taken at its word', async () => {
    const server = await serve(first, { etag: '"1"', ranges: false });
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(asked)).toEqual([whole, rest('"1"')]);
  });

  it.each([
    ['another first byte', 'bytes 100000-299999/300000'],
    ['no range', ''],
    ['another unit', 'pages 150000-299999/300000'],
    ['a range that ends before it begins', 'bytes 150000-149999/300000'],
    ['a range beyond its size', 'bytes 150000-300000/300000'],
  ])('and sends a part with %s makes the transfer begin anew', async (_, range) => {
    const server = await serve(first, { etag: '"1"', headers: { 'Content-Range': range } });
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(asked)).toEqual([whole, rest('"1"'), whole]);
  });

  it('and sends only some of the rest is asked for more', async () => {
    const server = await scene().serve(async (exchange) => {
      const { from, response } = exchange;
      if (from === 0) {
        await exchange.file(content, first);
        return;
      }
      const end = Math.min(from + 50_000, content.length);
      response.writeHead(206, {
        ETag: '"1"',
        'Content-Range': `bytes ${String(from)}-${String(end - 1)}/*`,
        'Content-Length': end - from,
      });
      response.end(content.subarray(from, end));
    });
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(({ from }) => from)).toEqual([0, 150_000, 200_000, 250_000]);
  });

  it('and sends a part although the whole was asked for is an error in the end', async () => {
    const headers = { 'Content-Range': 'bytes 0-299999/300000' };
    const server = await scene().serve((exchange) => {
      exchange.response.statusCode = 206;
      return exchange.file(content, { headers });
    });
    expect(await rejection(scene().fetch(server.url()))).toMatchObject({
      code: 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE',
    });
    expect(scene().content).toHaveLength(0);
  });

  it('and has no such range makes the transfer begin anew', async () => {
    const server = await scene().serve(async (exchange) => {
      if (exchange.from > 0) exchange.refuse(416, { 'Content-Range': 'bytes */100' });
      else await exchange.file(content, exchange.index === 0 ? first : {});
    });
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(asked)).toEqual([whole, rest('"1"'), whole]);
  });

  it('and has no range at all is an error', async () => {
    const server = await scene().serve((exchange) => {
      exchange.refuse(416);
    });
    expect(await rejection(scene().fetch(server.url()))).toMatchObject({ httpStatus: 416 });
    expect(server.exchanges).toHaveLength(1);
  });

  it('and has a larger length than bytes is asked for the rest, and not believed', async () => {
    const headers = { 'Content-Length': content.length + 10 };
    const server = await scene().serve((exchange) => {
      exchange.response.shouldKeepAlive = false;
      return exchange.file(content, { etag: '"1"', headers });
    });
    expect(await rejection(scene().fetch(server.url()))).toMatchObject({ name: 'DosvcError' });
  });
});

describe('a body that is longer than the file', () => {
  /** A fetch whose response has another body than its headers say. */
  const fetches = (headers: Record<string, string>) => () =>
    Promise.resolve(new Response(content, { headers }));

  it('than its length is never taken', async () => {
    const fetch = fetches({ 'content-length': '1000' });
    const error = await rejection(scene().fetch('http://127.0.0.1/', { settings: { fetch } }));
    expect(error).toMatchObject({ code: 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE' });
    expect(scene().content.length).toBeLessThanOrEqual(1000);
  });

  it('than the size that the caller gave is never taken', async () => {
    const fetch = fetches({});
    const given = { settings: { fetch }, size: 1000 };
    const error = await rejection(scene().fetch('http://127.0.0.1/', given));
    expect(error).toMatchObject({ code: 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE' });
    expect(scene().content.length).toBeLessThanOrEqual(1000);
  });

  it('or shorter is none, even if nothing else says so', async () => {
    const fetch = fetches({});
    const given = { settings: { fetch }, size: content.length + 1 };
    const error = await rejection(scene().fetch('http://127.0.0.1/', given));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_SIZE_MISMATCH' });
  });
});
