// SPDX-License-Identifier: MIT
// What is found of a server, by asking it: each lack, and the error that each service will report.

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, vi } from 'vitest';
import type { Finding } from '../../../lib/diagnose/finding.js';
import { Limit } from '../../../lib/diagnose/limit.js';
import { serverFindings } from '../../../lib/diagnose/server.js';
import { selfSigned } from '../../http/certificate.js';
import { closedAddress } from '../../http/closed-address.js';
import { HttpServer } from '../../http/server.js';
import { answering, it, right, type Answering } from './answering.js';

async function found(url: string, timeout = 60_000): Promise<Finding[]> {
  const limit = new Limit(undefined, timeout);
  try {
    return await serverFindings(new URL(url), limit);
  } finally {
    limit.end();
  }
}

const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code);

/** The codes of the errors of a finding: Delivery Optimization's, and BITS'. */
function errorsOf(findings: readonly Finding[], code: string): (number | undefined)[] {
  const errors = findings.find((finding) => finding.code === code)?.errors ?? [];
  return ['delivery-optimization', 'bits'].map(
    (service) => errors.find((error) => error.service === service)?.hresult,
  );
}

const good = ['server-answers', 'length-declared', 'ranges-supported', 'validator-present'];

describe('a server', () => {
  it('that does everything right has nothing against it', async ({ serve }) => {
    const findings = await found(`${await serve(answering())}/file.bin`);
    expect(codesOf(findings)).toEqual(good);
    expect(findings.every(({ severity }) => severity === 'ok')).toBe(true);
    expect(findings[1]?.facts).toEqual({ length: 1000 });
  });

  it('is asked with HEAD, then for the first byte, without compression', async ({ serve }) => {
    const asked: unknown[] = [];
    const answer = answering();
    const origin = await serve((request, response) => {
      const { range, 'accept-encoding': coding } = request.headers;
      asked.push([request.method, request.url, range, coding]);
      answer(request, response);
    });
    await found(`${origin}/a%20file.bin?sig=1`);
    expect(asked).toEqual([
      ['HEAD', '/a%20file.bin?sig=1', undefined, 'identity'],
      ['GET', '/a%20file.bin?sig=1', 'bytes=0-0', 'identity'],
    ]);
  });

  it('may have an empty file, which has no first byte', async ({ serve }) => {
    const origin = await serve(({ method }, response) => {
      const headers = { ...right.headers, 'content-length': '0' };
      response.writeHead(method === 'HEAD' ? 200 : 416, headers);
      response.end();
    });
    expect(codesOf(await found(`${origin}/empty`))).toEqual(good);
  });
});

const notFound = [0x80190194, 0x80190194];
const cases: [what: string, code: string, errors: (number | undefined)[], answer: Answering][] = [
  ['no length', 'length-missing', [0x80072f76, 0x80200011], answering({ length: null })],
  ['no ranges', 'ranges-missing', [0x80d05011, 0x80200013], answering({ range: null })],
  [
    'another range',
    'ranges-wrong',
    [0x80d05011, 0x80200013],
    answering({ range: 'bytes 5-5/1000' }),
  ],
  ['a range without a place', 'ranges-wrong', [0x80d05011, 0x80200013], answering({ range: 'x' })],
  ['two lengths', 'length-differs', [], answering({ range: 'bytes 0-0/1001' })],
  [
    'no validator',
    'validator-missing',
    [],
    answering({ headers: { 'content-type': 'application/octet-stream' } }),
  ],
  [
    'compression all the same',
    'content-coded',
    [],
    answering({ headers: { ...right.headers, 'content-encoding': 'gzip' } }),
  ],
  [
    'a login page for a file',
    'page-for-file',
    [],
    answering({ headers: { ...right.headers, 'content-type': 'text/html; charset=utf-8' } }),
  ],
  [
    'no HEAD',
    'head-refused',
    [0x80190195, 0x80190195],
    (request, response) => {
      if (request.method !== 'HEAD') answering()(request, response);
      else response.writeHead(405).end();
    },
  ],
  [
    'no GET',
    'get-refused',
    [0x80190193, 0x80190193],
    (request, response) => {
      if (request.method === 'HEAD') answering()(request, response);
      else response.writeHead(403).end();
    },
  ],
  ['no file', 'server-refuses', notFound, (_, response) => response.writeHead(404).end()],
];

describe('a server with', () => {
  it.for(cases)('%s', async ([, code, errors, answer], { serve }) => {
    const findings = await found(`${await serve(answer)}/setup.exe`);
    expect(codesOf(findings)).toContain(code);
    expect(errorsOf(findings, code)).toEqual(errors.length > 0 ? errors : [undefined, undefined]);
    const found_ = findings.find((finding) => finding.code === code);
    expect(['warning', 'error']).toContain(found_?.severity);
    // The text names the codes, too.
    for (const hresult of errors) {
      const hex = `0x${String(hresult?.toString(16).toUpperCase())}`;
      expect(found_?.meaning).toContain(hex);
    }
    expect(found_?.advice).toMatch(/\.$/);
    expect(JSON.stringify(findings)).not.toMatch(/undefined|\{\w+\}/);
  });

  it('a page under the address of a page, which is no mistake', async ({ serve }) => {
    const headers = { ...right.headers, 'content-type': 'text/html' };
    const origin = await serve(answering({ headers }));
    expect(codesOf(await found(`${origin}/index.html`))).toEqual(good);
    expect(codesOf(await found(`${origin}/download`))).toEqual(good);
  });
});

describe('a redirect', () => {
  /** Redirects /a to `to`. */
  function redirecting(to: () => string): Answering {
    return (request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: to() }).end();
      else answering()(request, response);
    };
  }

  it('within the server is followed', async ({ serve }) => {
    const origin = await serve(redirecting(() => '/b'));
    const findings = await found(`${origin}/a`);
    expect(codesOf(findings)).toEqual(['redirected', ...good]);
    expect(findings[0]?.facts).toEqual({ count: 1, host: new URL(origin).host });
  });

  it('to another server carries the headers along', async ({ serve }) => {
    const other = await serve(answering());
    const origin = await serve(redirecting(() => `${other}/b?signature=secret`));
    const findings = await found(`${origin}/a`);
    expect(codesOf(findings)).toEqual(['redirected-to-other-origin', ...good]);
    expect(findings[0]?.facts).toEqual({ count: 1, host: new URL(other).host });
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it.for([
    ['in circles', '/a', 'redirect-endless'],
    ['to no URL', 'http://', 'redirect-nowhere'],
  ] as const)('%s is an error', async ([, to, code], { serve }) => {
    const origin = await serve(redirecting(() => to));
    const findings = await found(`${origin}/a`);
    expect(codesOf(findings)).toEqual([code]);
    expect(errorsOf(findings, code)).toEqual([0x80072f7c, 0x80072f7c]);
  });

  it('from https to http is an error', async () => {
    const location = { location: 'http://example.com/b' };
    vi.stubGlobal('fetch', () =>
      Promise.resolve(new Response(null, { status: 301, headers: location })),
    );
    try {
      const findings = await found('https://example.com/a');
      expect(codesOf(findings)).toEqual(['redirect-downgrade']);
      expect(errorsOf(findings, 'redirect-downgrade')).toEqual([0x80072f7c, 0x80072f7c]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('a server that', () => {
  const both = (hresult: number) => [hresult, hresult];

  it('is not there', async () => {
    const findings = await found(`http://${await closedAddress()}/file`);
    expect(codesOf(findings)).toEqual(['server-unreachable']);
    expect(errorsOf(findings, 'server-unreachable')).toEqual(both(0x80072efd));
    expect(findings[0]?.facts.reason).toBe('ECONNREFUSED');
  });

  it('closes the connection', async ({ serve }) => {
    const origin = await serve((request) => request.socket.destroy());
    const findings = await found(`${origin}/file`);
    expect(codesOf(findings)).toEqual(['server-disconnects']);
    expect(errorsOf(findings, 'server-disconnects')).toEqual(both(0x80072efe));
  });

  it('does not answer', async ({ serve }) => {
    const origin = await serve(() => undefined);
    const findings = await found(`${origin}/file`, 200);
    expect(codesOf(findings)).toEqual(['server-silent']);
    expect(errorsOf(findings, 'server-silent')).toEqual(both(0x80072ee2));
  });

  it('does not speak HTTP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('220 mail.example.com ESMTP\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const findings = await found(`http://127.0.0.1:${String(port)}/file`);
    server.close();
    expect(codesOf(findings)).toEqual(['server-malformed']);
    expect(errorsOf(findings, 'server-malformed')).toEqual(both(0x80072f78));
  });

  it('has a certificate that nobody trusts', async () => {
    const server = await HttpServer.start(selfSigned('127.0.0.1'));
    const findings = await found(server.serve('file', { content: Buffer.alloc(1) }));
    await server.stop();
    expect(codesOf(findings)).toEqual(['certificate-rejected']);
    expect(errorsOf(findings, 'certificate-rejected')).toEqual(both(0x80072f8f));
  });

  it('has a name that is not known', async () => {
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })));
    try {
      const findings = await found('https://unknown.example/file');
      expect(codesOf(findings)).toEqual(['server-not-found']);
      expect(errorsOf(findings, 'server-not-found')).toEqual(both(0x80072ee7));
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
