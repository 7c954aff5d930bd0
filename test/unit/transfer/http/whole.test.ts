// SPDX-License-Identifier: MIT
// lib/transfer/http: a file that comes at once, and what its server says of it.

import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { http } from '../../../../lib/transfer/http/route.js';
import type { RouteProgress } from '../../../../lib/transfer/route.js';
import { bytesOf, Repeated } from '../../../http/served.js';
import { rejection } from '../../../promises/rejection.js';
import { scenes } from './scene.js';

const scene = scenes();
const content = bytesOf(300_000);

describe('a file', () => {
  it('is fetched whole, by one request', async () => {
    const server = await scene().serve((exchange) => exchange.file(content, { etag: '"1"' }));
    expect(http.name).toBe('http');
    const transfer = await scene().prepare(server.url());
    expect(transfer).toMatchObject({ id: null, takenUp: false });
    expect(server.exchanges).toEqual([]);
    expect(scene().left).toEqual([]);
    const run = transfer.run();
    expect(await run).toEqual({ bytes: content.length, declared: content.length });
    expect(transfer.run()).toBe(run);
    expect(scene().content.equals(content)).toBe(true);
    expect(scene().left).toEqual(['file.abc123.part']);
    expect(server.exchanges).toHaveLength(1);
    const { method, headers } = server.exchanges[0]?.request ?? {};
    expect(method).toBe('GET');
    expect(headers).toMatchObject({ 'accept-encoding': 'identity' });
    expect(headers).not.toHaveProperty('range');
    expect(headers).not.toHaveProperty('if-range');
  });

  it.each([0, 1, 100_000])('may have %i bytes', async (size) => {
    const file = content.subarray(0, size);
    const server = await scene().serve((exchange) => exchange.file(file));
    expect(await scene().fetch(server.url())).toEqual({ bytes: size, declared: size });
    expect(scene().content.equals(file)).toBe(true);
  });

  it('may come in drips', async () => {
    const file = content.subarray(0, 2000);
    const server = await scene().serve((exchange) => exchange.file(file, { pieces: 20, pause: 1 }));
    await scene().fetch(server.url());
    expect(scene().content.equals(file)).toBe(true);
    expect(server.exchanges).toHaveLength(1);
  });

  it('may come without a length', async () => {
    const server = await scene().serve((exchange) => exchange.file(content, { chunked: true }));
    const fetched = await scene().fetch(server.url());
    expect(fetched).toEqual({ bytes: content.length, declared: null });
    expect(scene().content.equals(content)).toBe(true);
    expect(scene().reports.at(-1)).toMatchObject({ bytesTotal: null });
  });

  it('fails if something removes it once it is whole', async () => {
    const server = await scene().serve((exchange) => exchange.file(content));
    const report = ({ bytesTransferred }: RouteProgress) => {
      if (bytesTransferred === content.length) rmSync(scene().file, { force: true });
    };
    const transfer = await scene().prepare(server.url(), { report });
    expect(await rejection(transfer.run())).toMatchObject({
      code: 'ERROR_FILE_NOT_FOUND',
      message: expect.stringContaining('The file was complete, and then it was removed.') as string,
    });
  });

  it('is reported as it is written', async () => {
    const big = new Repeated(bytesOf(1 << 20), 20 << 20);
    const server = await scene().serve((exchange) => exchange.file(big));
    await scene().fetch(server.url());
    const { reports } = scene();
    const bytes = reports.map(({ bytesTransferred }) => bytesTransferred);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(new Set(bytes).size).toBeGreaterThan(10);
    expect(reports.every(({ bytesTotal }) => bytesTotal === big.length)).toBe(true);
    expect(reports.at(-1)).toEqual({
      bytesTransferred: big.length,
      bytesTotal: big.length,
      waitingFor: null,
      trouble: null,
    });
  });

  it('takes the place of what another transfer left under its name', async () => {
    const server = await scene().serve((exchange) => exchange.file(content));
    writeFileSync(scene().file, Buffer.alloc(1_000_000));
    const transfer = await scene().prepare(server.url());
    expect(transfer.takenUp).toBe(false);
    await transfer.run();
    expect(scene().content.equals(content)).toBe(true);
  });

  it('is requested with the headers of the caller, but for those of the route', async () => {
    const server = await scene().serve((exchange) => exchange.file(content));
    const headers = [
      ['X-Contoso', 'one'],
      ['X-Contoso', 'two'],
      ['Accept-Encoding', 'br'],
    ] as const;
    await scene().fetch(server.url(), { settings: { headers } });
    expect(server.exchanges[0]?.request.headers).toMatchObject({
      'x-contoso': 'one, two',
      'accept-encoding': 'identity',
    });
  });

  it('has the size that the caller gave, or is not read', async () => {
    const server = await scene().serve((exchange) => exchange.file(content));
    const { length } = content;
    const fetched = await scene().fetch(server.url(), { size: length });
    expect(fetched).toEqual({ bytes: length, declared: length });
    const error = await rejection(scene().fetch(server.url(), { size: length + 1 }));
    expect(error).toMatchObject({
      code: 'ERR_DOSVC_SIZE_MISMATCH',
      message: expect.stringContaining(
        `${String(length)} bytes, not the ${String(length + 1)}`,
      ) as string,
    });
    expect(server.exchanges).toHaveLength(2);
  });
});

describe('what the server sent with a coding', () => {
  it.each(['gzip', 'br', 'x-\u00e4', 'identity, gzip'])('of %s is refused', async (coding) => {
    const headers = { 'Content-Encoding': coding };
    const server = await scene().serve((exchange) => exchange.file(content, { headers }));
    expect(await rejection(scene().fetch(server.url()))).toMatchObject({
      name: 'DosvcError',
      code: 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE',
      operation: 'fetch',
      message: expect.stringContaining('The server sent the file with the coding') as string,
    });
    expect(server.exchanges).toHaveLength(1);
  });

  it('of identity is taken', async () => {
    const headers = { 'Content-Encoding': 'Identity' };
    const server = await scene().serve((exchange) => exchange.file(content, { headers }));
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
  });
});

describe('a transfer', () => {
  it('cannot be detached, and has nobody to ask', async () => {
    const transfer = await scene().prepare('http://127.0.0.1/');
    expect(await rejection(transfer.detach())).toMatchObject({ code: 'E_NOTIMPL' });
    await transfer.look();
    expect(scene().reports).toEqual([
      { bytesTransferred: 0, bytesTotal: null, waitingFor: null, trouble: null },
    ]);
  });
});
