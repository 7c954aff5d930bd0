// SPDX-License-Identifier: MIT
// The loopback HTTP server of the other suites: it does to a client what a test says, and nothing
// else.

import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpServer } from '../http/server.js';
import { bytesOf, Repeated, type Served } from '../http/served.js';

const content = bytesOf(10_000);
let server: HttpServer;

beforeEach(async () => {
  server = await HttpServer.start();
});
afterEach(() => server.stop());

interface Got {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** What happened to the connection, if the response is not whole. */
  fault: string | null;
}

/** What has arrived so far, and what came in the end. */
function start(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const pieces: Buffer[] = [];
  const got = new Promise<Got>((resolve) => {
    const end = (response: IncomingMessage | null, fault: string | null) => {
      const { statusCode: status, headers = {} } = response ?? {};
      resolve({ status, headers, body: Buffer.concat(pieces), fault });
    };
    const sent = request(url, { headers, method, agent: false }, (response) => {
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        end(response, null);
      });
      response.on('error', ({ code }: NodeJS.ErrnoException) => {
        end(response, code ?? '');
      });
    });
    sent.on('error', ({ code }: NodeJS.ErrnoException) => {
      end(null, code ?? '');
    });
    sent.end();
  });
  return { got, arrived: () => Buffer.concat(pieces).length };
}

function get(url: string, headers?: Record<string, string>, method?: string): Promise<Got> {
  return start(url, headers, method).got;
}

/** Sends a request for an address on a connection of its own. */
function ask(url: string): Socket {
  const { port, pathname } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1', () => {
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: a\r\n\r\n`);
  });
  return socket;
}

function serve(served: Partial<Served>): string {
  return server.serve('file', { content, ...served });
}

describe('a file', () => {
  it('arrives whole, and its request is recorded', async () => {
    const url = serve({ etag: '"1"', lastModified: 'Sat, 01 Nov 2025 10:00:00 GMT' });
    const { status, headers, body } = await get(`${url}?query`, { 'X-Own': 'a' });
    expect(status).toBe(200);
    expect(body.equals(content)).toBe(true);
    expect(headers).toMatchObject({
      etag: '"1"',
      'last-modified': 'Sat, 01 Nov 2025 10:00:00 GMT',
      'accept-ranges': 'bytes',
      'content-length': '10000',
    });
    expect(server.asked).toMatchObject([
      { method: 'GET', path: '/file?query', headers: { 'x-own': 'a' } },
    ]);
  });

  it('is described to HEAD', async () => {
    const { headers, body } = await get(serve({ cuts: [1], hold: 0 }), {}, 'HEAD');
    expect(headers).toMatchObject({ 'content-length': '10000' });
    expect(body).toHaveLength(0);
  });

  it('that was never served is 404', async () => {
    expect((await get(`${serve({})}-not`)).status).toBe(404);
  });

  it('is found under a name with any characters', async () => {
    const { url, content } = server.file('whole', 'drei – ä.bin', 1000);
    expect((await get(encodeURI(url))).body.equals(content)).toBe(true);
  });

  it('may be larger than the memory that it takes', async () => {
    const block = bytesOf(1000);
    const url = serve({ content: new Repeated(block, 3500) });
    const whole = Buffer.concat([block, block, block, block.subarray(0, 500)]);
    expect((await get(url)).body.equals(whole)).toBe(true);
    const part = await get(url, { Range: 'bytes=900-2100' });
    expect(part.body.equals(whole.subarray(900, 2101))).toBe(true);
  });
});

describe('a range', () => {
  it.each([
    ['bytes=10-19', 10, 20],
    ['bytes=9990-', 9990, 10_000],
    ['bytes=9990-20000', 9990, 10_000],
  ])('%s is sent alone', async (range, from, to) => {
    const { status, headers, body } = await get(serve({}), { Range: range });
    expect(status).toBe(206);
    const said = `bytes ${String(from)}-${String(to - 1)}/10000`;
    expect(headers).toMatchObject({ 'content-range': said, 'content-length': String(to - from) });
    expect(body.equals(content.subarray(from, to))).toBe(true);
    expect(server.asked).toMatchObject([{ range }]);
  });

  it('behind the end is 416', async () => {
    const { status, headers } = await get(serve({}), { Range: 'bytes=10000-' });
    expect(status).toBe(416);
    expect(headers['content-range']).toBe('bytes */10000');
  });

  it('is ignored by a server without ranges', async () => {
    const { status, headers, body } = await get(serve({ ranges: false }), { Range: 'bytes=1-2' });
    expect([status, body.length]).toEqual([200, 10_000]);
    expect(headers).not.toHaveProperty('accept-ranges');
  });

  it.each<[served: Partial<Served>, said: string]>([
    [{ sizeless: true }, 'bytes 1-2/*'],
    [{ contentRange: 'bytes 5-6/7' }, 'bytes 5-6/7'],
  ])('may be described otherwise: %o', async (served, said) => {
    const { headers } = await get(serve(served), { Range: 'bytes=1-2' });
    expect(headers['content-range']).toBe(said);
  });
});

describe('a hostile server', () => {
  it('refuses the first requests, or all of them', async () => {
    const url = serve({ statuses: [503, 404] });
    const statuses = [await get(url), await get(url), await get(url)].map(({ status }) => status);
    expect(statuses).toEqual([503, 404, 200]);
    serve({ status: 500 });
    const [first, second] = [await get(url), await get(url)];
    expect([first.status, second.status, first.body.length]).toEqual([500, 500, 0]);
    serve({ status: 403, page: Buffer.from('No.') });
    const { status, body } = await get(url);
    expect([status, body.toString()]).toEqual([403, 'No.']);
  });

  it('redirects', async () => {
    const { status, headers } = await get(serve({ redirect: 'http://127.0.0.1/other' }));
    expect([status, headers.location]).toEqual([302, 'http://127.0.0.1/other']);
  });

  it('truncates the body, once for each entry', async () => {
    const url = serve({ cuts: [6000, 0] });
    const [first, second, third] = [await get(url), await get(url), await get(url)];
    expect([first.body.length, first.fault]).toEqual([6000, 'ECONNRESET']);
    expect([second.body.length, second.fault]).toEqual([0, 'ECONNRESET']);
    expect([third.body.length, third.fault]).toEqual([10_000, null]);
  });

  it('sends fewer bytes than it claims', async () => {
    const { headers, body, fault } = await get(serve({ contentLength: 20_000 }));
    expect([headers['content-length'], body.length, fault]).toEqual([
      '20000',
      10_000,
      'ECONNRESET',
    ]);
  });

  it('sends more bytes than it claims', async () => {
    // Node's own client takes what follows for a faulty response.
    const socket = ask(serve({ contentLength: 5000 }));
    const [head = '', ...body] = (await buffer(socket)).toString('latin1').split('\r\n\r\n');
    expect(head.toLowerCase()).toContain('content-length: 5000');
    expect(body.join('\r\n\r\n')).toHaveLength(10_000);
  });

  it('does not say how long the file is', async () => {
    const { headers, body } = await get(serve({ chunked: true }));
    expect(headers).not.toHaveProperty('content-length');
    expect(body.equals(content)).toBe(true);
  });

  it.each(['close', 'reset'] as const)('%ss the connection instead', async (instead) => {
    const { status, fault } = await get(serve({ instead }));
    expect([status, fault]).toEqual([undefined, 'ECONNRESET']);
  });

  it('resets the connection, and does not just close it', async () => {
    const socket = ask(serve({ instead: 'reset' }));
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
  });

  it('stalls in the middle', async () => {
    const { got, arrived } = start(serve({ stall: 1000 }));
    await expect.poll(arrived).toBe(1000);
    await server.stop();
    expect(await got).toMatchObject({ status: 200, fault: 'ECONNRESET' });
    server = await HttpServer.start();
  });

  it('begins late, and sends slowly, until hurry()', async () => {
    const { got, arrived } = start(serve({ pace: { bytes: 100, milliseconds: 1000 } }));
    await expect.poll(arrived).toBe(100);
    const late = get(server.serve('late', { content, late: 60_000 }));
    await expect.poll(() => server.asked.length).toBe(2);
    server.hurry();
    expect((await got).body.equals(content)).toBe(true);
    expect((await late).body.equals(content)).toBe(true);
  });
});

describe('a held response', () => {
  it('has its first bytes, and the rest at letGo()', async () => {
    const { got, arrived } = start(serve({ hold: 4000 }));
    await expect.poll(arrived).toBe(4000);
    expect(server.holding).toBe(1);
    server.letGo();
    expect((await got).body.equals(content)).toBe(true);
    expect(server.holding).toBe(0);
    expect((await get(serve({ hold: 4000 }))).body.equals(content)).toBe(true);
    server.hold();
    const again = start(serve({ hold: 4000 }));
    await expect.poll(again.arrived).toBe(4000);
  });

  it.each([
    [{ hold: 0 }, 200],
    [{ hold: 0, status: 404 }, 404],
  ])('may lack its headers, too: %o', async (served, status) => {
    let over = false;
    const got = get(serve(served)).finally(() => (over = true));
    await expect.poll(() => server.holding).toBe(1);
    expect(over).toBe(false);
    server.letGo();
    expect((await got).status).toBe(status);
  });

  it('is forgotten when its client leaves', async () => {
    const socket = ask(serve({ hold: 10 }));
    await expect.poll(() => server.holding).toBe(1);
    socket.destroy();
    await expect.poll(() => server.holding).toBe(0);
  });
});

describe('file()', () => {
  it.each([
    ['whole', 200, 1000, null],
    ['unsized', 200, 1000, null],
    ['cut', 200, 500, 'ECONNRESET'],
    [404, 404, 0, null],
    [501, 501, 0, null],
  ] as const)('serves in the manner %s', async (manner, status, length, fault) => {
    const { url, content } = server.file(manner, 'file.bin', 1000);
    for (let times = 0; times < 2; times++) {
      const got = await get(url);
      expect([got.status, got.body.length, got.fault]).toEqual([status, length, fault]);
      expect(got.body.equals(content.subarray(0, length))).toBe(true);
      expect('content-length' in got.headers).toBe(manner !== 'unsized');
    }
  });

  it('serves half of a held file', async () => {
    const { url, content } = server.file('held', 'file.bin', 1000);
    const { got, arrived } = start(url);
    await expect.poll(arrived).toBe(500);
    server.letGo();
    expect((await got).body.equals(content)).toBe(true);
  });

  it('has other bytes for another name', () => {
    const [one, two] = ['one', 'two'].map((name) => server.file('whole', name).content);
    expect(two && one?.equals(two)).toBe(false);
  });
});
