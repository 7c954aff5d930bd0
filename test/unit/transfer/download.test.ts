// SPDX-License-Identifier: MIT
// download() over the route that works everywhere: each option, mirrors, credentials and errors.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { download, TransferError, type TransferProgress } from 'dosvc';
import { describe, expect, it } from 'vitest';
import { closedAddress } from '../../http/closed-address.js';
import { HttpServer } from '../../http/server.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { rejection } from '../../promises/rejection.js';
import { atTimeout } from './at-timeout.js';
import { content, etag, half, halfway, HttpScene, routes, sha512 } from './http-scene.js';

const windows = process.platform === 'win32';
const scene = new HttpScene();

describe('a file', () => {
  it('is there, whole, with the length that the server declared', async () => {
    const result = await scene.get(scene.serve());
    expect(result).toEqual({
      ...{ route: 'http', id: null, bytes: content.length, file: scene.file, verified: 'length' },
      ...{ attempts: [], elapsed: expect.any(Number) as number },
    });
    expect(scene.isWhole()).toBe(true);
    expect(scene.names()).toEqual(['file.bin']);
    expect(scene.server.asked).toHaveLength(1);
  });

  it('without a length is not verified', async () => {
    expect(await scene.get(scene.serve({ chunked: true }))).toMatchObject({ verified: false });
    expect(scene.isWhole()).toBe(true);
  });

  it('may be empty', async () => {
    const url = scene.serve({ content: Buffer.alloc(0) });
    expect(await scene.get(url)).toMatchObject({ bytes: 0, verified: 'length' });
    expect(readFileSync(scene.file)).toHaveLength(0);
  });

  it('is fetched once for both callers', async () => {
    const url = scene.serve();
    const [one, two] = [scene.get(url), scene.get(url)];
    expect(one).toBe(two);
    await one;
    expect(scene.server.asked).toHaveLength(1);
  });
});

describe('the option', () => {
  it('hash', async () => {
    expect(await scene.get(scene.serve(), { hash: { sha512 } })).toMatchObject({
      verified: 'sha512',
    });
    expect(await scene.get(scene.serve(), { hash: { sha512 } })).toMatchObject({ route: 'none' });
    expect(scene.server.asked).toHaveLength(1);
    const hash = { sha256: '0'.repeat(64) };
    const error = await rejection(scene.get(scene.serve(), { hash }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_HASH_MISMATCH', blame: 'server' });
    expect(scene.isWhole()).toBe(true);
    expect(scene.names()).toEqual(['file.bin']);
  });

  it('size', async () => {
    const size = content.length;
    expect(await scene.get(scene.serve(), { size })).toMatchObject({ verified: 'size' });
    const error = await rejection(scene.get(scene.serve(), { size: size + 1 }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_SIZE_MISMATCH' });
    expect(scene.names()).toEqual(['file.bin']);
  });

  it('verify', async () => {
    const seen: string[] = [];
    const verify = async (path: string) => {
      seen.push(path);
      expect([scene.isWhole(path), existsSync(scene.file)]).toEqual([true, false]);
      await sleep(1);
    };
    await scene.get(scene.serve(), { verify });
    expect(seen).not.toEqual([scene.file]);
  });

  it('headers', async () => {
    await scene.get(scene.serve(), { headers: { 'X-Contoso': 'update' } });
    expect(scene.server.asked[0]?.headers).toMatchObject({ 'x-contoso': 'update' });
  });

  it('fetch', async () => {
    const asked: unknown[] = [];
    const own: typeof fetch = (address, init) => {
      asked.push(address);
      return fetch(address, init);
    };
    const url = scene.serve();
    await scene.get(url, { fetch: own });
    expect(asked).toEqual([url]);
  });

  it('makeFolder', async () => {
    const deep = join(scene.folder, 'a', 'b', 'file.bin');
    const options = { routes, makeFolder: true };
    expect(await download(scene.serve(), deep, options)).toMatchObject({ file: deep });
    expect(scene.isWhole(deep)).toBe(true);
  });

  it('within', async () => {
    await scene.get(scene.serve(), { within: scene.folder });
    const outside = rejection(scene.get(scene.serve(), { within: join(scene.folder, 'other') }));
    expect(await outside).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
  });

  it('markOfTheWeb', async () => {
    await scene.get(scene.serve(), { markOfTheWeb: true });
    const mark = `${scene.file}:Zone.Identifier`;
    if (windows) expect(readFileSync(mark, 'utf8')).toMatch(/ZoneId=3/);
    else expect(scene.names()).toEqual(['file.bin']);
  });

  it('timeout', async () => {
    const url = scene.serve({ hold: half });
    let bytes = 0;
    const onProgress = (progress: TransferProgress) => void (bytes = progress.bytesTransferred);
    const error = await atTimeout(
      (late) => scene.get(url, { onProgress, ...late }),
      () => bytes === half,
    );
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ code: 'ERR_DOSVC_TIMEOUT' });
    expect((error as Error).message).toContain(`${String(half)} of ${String(content.length)}`);
    await expect.poll(() => scene.names()).toEqual([]);
  });

  it('stallTimeout', async () => {
    const url = scene.serve({ hold: half });
    const error = await rejection(scene.get(url, { stallTimeout: 300 }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_STALLED', attempts: [{ route: 'http' }] });
    expect(scene.names()).toEqual([]);
  });

  it('signal, onStart and onProgress', async () => {
    const control = new AbortController();
    const started: unknown[] = [];
    const { reached, onProgress } = halfway();
    const options = { signal: control.signal, onProgress };
    const getting = awaitedLater(
      scene.get(scene.serve({ hold: half }), {
        ...options,
        onStart: (start) => void started.push(start),
      }),
    );
    await reached;
    control.abort('enough');
    expect(await rejection(getting)).toMatchObject({ name: 'AbortError', cause: 'enough' });
    expect(started).toEqual([{ route: 'http', id: null }]);
    expect(scene.names()).toEqual([]);
  });
});

describe('an error', () => {
  it('shows the frames of the caller, and the name of its class', async () => {
    const error = await rejection(
      (async function theCaller() {
        await scene.get(scene.serve({ status: 404 }));
      })(),
    );
    expect((error as Error).stack).toMatch(/^TransferError: [^]*download\.test/);
  });
});

describe('mirrors', () => {
  it('are tried in order', async () => {
    const nobody = `http://${await closedAddress()}/file`;
    const url = scene.serve();
    const options = { routes, hash: { sha512 } };
    const result = await download(
      [nobody, scene.serve({ status: 404 }, 'gone'), url],
      scene.file,
      options,
    );
    expect(result.attempts.map(({ error }) => error.code)).toEqual([
      'ERROR_WINHTTP_CANNOT_CONNECT',
      'BG_E_HTTP_ERROR_404',
    ]);
    expect(scene.isWhole()).toBe(true);
  });

  it('get no headers at another origin than the first', async () => {
    const mirror = await HttpServer.start();
    try {
      const urls = [scene.serve({ status: 404 }, 'gone'), mirror.serve('file', { content, etag })];
      const headers = { authorization: 'Bearer secret', 'x-contoso': 'update' };
      await download(urls, scene.file, { routes, hash: { sha512 }, headers });
      expect(scene.server.asked.map((asked) => asked.headers)).toContainEqual(
        expect.objectContaining(headers),
      );
      for (const asked of mirror.asked) {
        expect(asked.headers).not.toHaveProperty('authorization');
        expect(asked.headers).not.toHaveProperty('x-contoso');
      }
      expect(scene.isWhole()).toBe(true);
    } finally {
      await mirror.stop();
    }
  });
});

describe('credentials', () => {
  it('do not reach another origin, and an address that expired is looked up anew', async () => {
    const storage = await HttpServer.start();
    try {
      const url = scene.serve({ redirect: storage.serve('old', { content, status: 403 }) });
      const current = storage.serve('new', { content });
      const onProgress = ({ waitingFor }: TransferProgress) => {
        if (waitingFor === 'retry') scene.serve({ redirect: current });
      };
      const headers = { Authorization: 'token t0psecret' };
      const result = await scene.get(url, { headers, onProgress });
      expect(result.attempts).toEqual([]);
      expect(scene.isWhole()).toBe(true);
      expect(
        scene.server.asked.every((one) => one.headers.authorization === 'token t0psecret'),
      ).toBe(true);
      expect(storage.asked.map(({ path }) => path)).toEqual(['/old', '/new']);
      expect(storage.asked.some((one) => 'authorization' in one.headers)).toBe(false);
    } finally {
      await storage.stop();
    }
  });

  it('are in no error', async () => {
    const headers = { Authorization: 'token t0psecret' };
    const error = await rejection(
      scene.get(`${scene.serve({ status: 403 })}?sig=s3cret`, { headers }),
    );
    expect(error).toMatchObject({ code: 'BG_E_HTTP_ERROR_403', httpStatus: 403 });
    const said = JSON.stringify(error) + String((error as Error).stack);
    expect(said).not.toMatch(/t0psecret|s3cret/);
  });
});
