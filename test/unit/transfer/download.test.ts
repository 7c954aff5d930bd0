// SPDX-License-Identifier: MIT
// download() by HTTP alone, from the call to the file: each option, and what a hostile server can do.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  download,
  downloadAll,
  KEEP,
  TransferError,
  type TransferOptions,
  type TransferProgress,
} from 'dosvc';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closedAddress } from '../../http/closed-address.js';
import { bytesOf, type Served } from '../../http/served.js';
import { HttpServer } from '../../http/server.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { rejection } from '../../promises/rejection.js';
import { byChance } from '../../scenarios/chance.js';
import { folders } from './folder.js';
import { Programs } from './program.js';

const windows = process.platform === 'win32';
const newFolder = folders();
const programs = new Programs();
const routes = ['http'] as const;
const content = bytesOf(400_000);
const half = content.length / 2;
const sha512 = createHash('sha512').update(content).digest('base64');
const etag = '"1"';

let server: HttpServer;
let folder: string;
let file: string;

beforeEach(async () => {
  server = await HttpServer.start();
  folder = newFolder();
  file = join(folder, 'file.bin');
});
afterEach(async () => {
  await server.stop();
});

const serve = (served: Partial<Served> = {}, name = 'file') =>
  server.serve(name, { content, etag, ...served });
const get = (url: string, options: TransferOptions & { detach?: false } = {}) =>
  download(url, file, { routes, ...options });
const names = () => readdirSync(folder);
const isWhole = (path = file) => readFileSync(path).equals(content);

/** Resolves when half of a held file is there. */
function halfway(): {
  reached: Promise<unknown>;
  onProgress: (progress: TransferProgress) => void;
} {
  let reach: (progress: TransferProgress) => void = () => undefined;
  const reached = new Promise((resolve) => {
    reach = (progress) => {
      if (progress.bytesTransferred >= half) resolve(undefined);
    };
  });
  return {
    reached,
    onProgress: (progress) => {
      reach(progress);
    },
  };
}

describe('a file', () => {
  it('is there, whole, with the length that the server declared', async () => {
    const result = await get(serve());
    expect(result).toEqual({
      ...{ route: 'http', id: null, bytes: content.length, file, verified: 'length' },
      ...{ attempts: [], elapsed: expect.any(Number) as number },
    });
    expect(isWhole()).toBe(true);
    expect(names()).toEqual(['file.bin']);
    expect(server.asked).toHaveLength(1);
  });

  it('without a length is not verified', async () => {
    expect(await get(serve({ chunked: true }))).toMatchObject({ verified: false });
    expect(isWhole()).toBe(true);
  });

  it('may be empty', async () => {
    const url = serve({ content: Buffer.alloc(0) });
    expect(await get(url)).toMatchObject({ bytes: 0, verified: 'length' });
    expect(readFileSync(file)).toHaveLength(0);
  });

  it('is fetched once for both callers', async () => {
    const url = serve();
    const [one, two] = [get(url), get(url)];
    expect(one).toBe(two);
    await one;
    expect(server.asked).toHaveLength(1);
  });
});

describe('the option', () => {
  it('hash', async () => {
    expect(await get(serve(), { hash: { sha512 } })).toMatchObject({ verified: 'sha512' });
    expect(await get(serve(), { hash: { sha512 } })).toMatchObject({ route: 'none' });
    expect(server.asked).toHaveLength(1);
    const hash = { sha256: '0'.repeat(64) };
    const error = await rejection(get(serve(), { hash }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_HASH_MISMATCH', blame: 'server' });
    expect(isWhole()).toBe(true);
    expect(names()).toEqual(['file.bin']);
  });

  it('size', async () => {
    const size = content.length;
    expect(await get(serve(), { size })).toMatchObject({ verified: 'size' });
    const error = await rejection(get(serve(), { size: size + 1 }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_SIZE_MISMATCH' });
    expect(names()).toEqual(['file.bin']);
  });

  it('verify', async () => {
    const seen: string[] = [];
    const verify = async (path: string) => {
      seen.push(path);
      expect([isWhole(path), existsSync(file)]).toEqual([true, false]);
      await sleep(1);
    };
    await get(serve(), { verify });
    expect(seen).not.toEqual([file]);
  });

  it('headers', async () => {
    await get(serve(), { headers: { 'X-Contoso': 'update' } });
    expect(server.asked[0]?.headers).toMatchObject({ 'x-contoso': 'update' });
  });

  it('fetch', async () => {
    const asked: unknown[] = [];
    const own: typeof fetch = (address, init) => {
      asked.push(address);
      return fetch(address, init);
    };
    const url = serve();
    await get(url, { fetch: own });
    expect(asked).toEqual([url]);
  });

  it('makeFolder', async () => {
    const deep = join(folder, 'a', 'b', 'file.bin');
    const options = { routes, makeFolder: true };
    expect(await download(serve(), deep, options)).toMatchObject({ file: deep });
    expect(isWhole(deep)).toBe(true);
  });

  it('within', async () => {
    await get(serve(), { within: folder });
    const outside = rejection(get(serve(), { within: join(folder, 'other') }));
    expect(await outside).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
  });

  it('markOfTheWeb', async () => {
    await get(serve(), { markOfTheWeb: true });
    const mark = `${file}:Zone.Identifier`;
    if (windows) expect(readFileSync(mark, 'utf8')).toMatch(/ZoneId=3/);
    else expect(names()).toEqual(['file.bin']);
  });

  it('timeout', async () => {
    const url = serve({ hold: half });
    const error = await rejection(get(url, { timeout: 1000 }));
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ code: 'ERR_DOSVC_TIMEOUT' });
    expect((error as Error).message).toContain(`${String(half)} of ${String(content.length)}`);
    await expect.poll(names).toEqual([]);
  });

  it('stallTimeout', async () => {
    const url = serve({ hold: half });
    const error = await rejection(get(url, { stallTimeout: 300 }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_STALLED', attempts: [{ route: 'http' }] });
    expect(names()).toEqual([]);
  });

  it('signal, onStart and onProgress', async () => {
    const control = new AbortController();
    const started: unknown[] = [];
    const { reached, onProgress } = halfway();
    const options = { signal: control.signal, onProgress };
    const getting = awaitedLater(
      get(serve({ hold: half }), { ...options, onStart: (start) => void started.push(start) }),
    );
    await reached;
    control.abort('enough');
    expect(await rejection(getting)).toMatchObject({ name: 'AbortError', cause: 'enough' });
    expect(started).toEqual([{ route: 'http', id: null }]);
    expect(names()).toEqual([]);
  });
});

describe('an error', () => {
  it('shows the frames of the caller, and the name of its class', async () => {
    const error = await rejection(
      (async function theCaller() {
        await get(serve({ status: 404 }));
      })(),
    );
    expect((error as Error).stack).toMatch(/^TransferError: [^]*download\.test/);
  });
});

describe('mirrors', () => {
  it('are tried in order', async () => {
    const nobody = `http://${await closedAddress()}/file`;
    const url = serve();
    const options = { routes, hash: { sha512 } };
    const result = await download([nobody, serve({ status: 404 }, 'gone'), url], file, options);
    expect(result.attempts.map(({ error }) => error.code)).toEqual([
      'ERROR_WINHTTP_CANNOT_CONNECT',
      'BG_E_HTTP_ERROR_404',
    ]);
    expect(isWhole()).toBe(true);
  });

  it('get no headers at another origin than the first', async () => {
    const mirror = await HttpServer.start();
    try {
      const urls = [serve({ status: 404 }, 'gone'), mirror.serve('file', { content, etag })];
      const headers = { authorization: 'Bearer secret', 'x-contoso': 'update' };
      await download(urls, file, { routes, hash: { sha512 }, headers });
      expect(server.asked.map((asked) => asked.headers)).toContainEqual(
        expect.objectContaining(headers),
      );
      for (const asked of mirror.asked) {
        expect(asked.headers).not.toHaveProperty('authorization');
        expect(asked.headers).not.toHaveProperty('x-contoso');
      }
      expect(isWhole()).toBe(true);
    } finally {
      await mirror.stop();
    }
  });
});

describe('what was begun', () => {
  it('is kept on KEEP, and taken up without a byte twice', async () => {
    const control = new AbortController();
    const { reached, onProgress } = halfway();
    const url = serve({ hold: half });
    const options = { key: 'app/update', hash: { sha512 } };
    const getting = awaitedLater(get(url, { ...options, onProgress, signal: control.signal }));
    await reached;
    control.abort(KEEP);
    expect(await rejection(getting)).toMatchObject({ code: 'ABORT_ERR', cause: KEEP });
    expect(names().some((name) => name.endsWith('.part'))).toBe(true);
    server.letGo();
    await get(url, options);
    expect(server.asked.map(({ range }) => range)).toEqual([undefined, `bytes=${String(half)}-`]);
    expect(isWhole()).toBe(true);
    expect(names()).toEqual(['file.bin']);
  });

  it('is taken up at another address with the same key and hash', async () => {
    const control = new AbortController();
    const { reached, onProgress } = halfway();
    const options = { key: 'app/update', hash: { sha512 } };
    const signed = serve({ hold: half });
    const getting = awaitedLater(
      get(`${signed}?sig=1`, { ...options, onProgress, signal: control.signal }),
    );
    await reached;
    control.abort(KEEP);
    await rejection(getting);
    server.letGo();
    await get(`${signed}?sig=2`, options);
    expect(server.asked.at(-1)?.range).toBe(`bytes=${String(half)}-`);
    expect(isWhole()).toBe(true);
  });

  it('is begun anew if the same key has another hash', async () => {
    const control = new AbortController();
    const { reached, onProgress } = halfway();
    const key = 'app/update';
    const old = { content: bytesOf(content.length, 7), hold: half };
    const hash = { sha256: '0'.repeat(64) };
    const getting = awaitedLater(
      get(serve(old, 'v1'), { key, hash, onProgress, signal: control.signal }),
    );
    await reached;
    control.abort(KEEP);
    await rejection(getting);
    server.letGo();
    await get(serve({}, 'v2'), { key, hash: { sha512 } });
    expect(isWhole()).toBe(true);
    expect(names()).toEqual(['file.bin']);
  });

  it('by a process that was killed is taken up by the next, without a byte twice', async () => {
    const url = serve({ pace: { bytes: 20_000, milliseconds: 20 } });
    const options = JSON.stringify({ routes, key: 'k', hash: { sha512 } });
    const first = programs.startUser(
      newFolder(),
      ['download'],
      `await download(${JSON.stringify(url)}, ${JSON.stringify(file)}, {
        ...${options},
        onProgress: ({ bytesTransferred }) => console.log('has', bytesTransferred),
      });`,
    );
    await first.said('has ');
    await expect.poll(() => partSize()).toBeGreaterThan(0);
    await first.kill();
    const there = partSize();
    server.hurry();
    await get(url, { key: 'k', hash: { sha512 } });
    expect(server.asked.map(({ range }) => range)).toEqual([undefined, `bytes=${String(there)}-`]);
    expect(isWhole()).toBe(true);
    expect(names()).toEqual(['file.bin']);
  });

  function partSize(): number {
    const part = names().find((name) => name.endsWith('.part'));
    return part === undefined ? 0 : readFileSync(join(folder, part)).length;
  }
});

describe('credentials', () => {
  it('do not reach another origin, and an address that expired is looked up anew', async () => {
    const storage = await HttpServer.start();
    try {
      const old = storage.serve('old', { content, statuses: [0], status: 403 });
      const url = serve({ redirect: old });
      const current = storage.serve('new', { content });
      const onStart = () => void serve({ redirect: current });
      const headers = { Authorization: 'token t0psecret' };
      const result = await get(url, { headers, onStart });
      expect(result.attempts).toEqual([]);
      expect(isWhole()).toBe(true);
      expect(server.asked.every((one) => one.headers.authorization === 'token t0psecret')).toBe(
        true,
      );
      expect(storage.asked.map(({ path }) => path)).toContain('/new');
      expect(storage.asked.some((one) => 'authorization' in one.headers)).toBe(false);
    } finally {
      await storage.stop();
    }
  });

  it('are in no error', async () => {
    const headers = { Authorization: 'token t0psecret' };
    const error = await rejection(get(`${serve({ status: 403 })}?sig=s3cret`, { headers }));
    expect(error).toMatchObject({ code: 'BG_E_HTTP_ERROR_403', httpStatus: 403 });
    const said = JSON.stringify(error) + String((error as Error).stack);
    expect(said).not.toMatch(/t0psecret|s3cret/);
  });
});

describe('under the final name', () => {
  const wrong = bytesOf(content.length, 2);
  const hostile: [string, Partial<Served>][] = [
    ['another content', { content: wrong }],
    ['a shorter one', { content: content.subarray(0, half) }],
    ['a wrong length', { contentLength: content.length + 10 }],
    ['a page', { status: 200, page: Buffer.from('<html>Log in</html>') }],
    ['cuts', { cuts: [50_000, 50_000, 50_000] }],
    ['cuts, and no ranges', { cuts: [50_000, 50_000], ranges: false }],
    ['a misplaced range', { cuts: [50_000], contentRange: 'bytes 0-9/400000' }],
    ['errors', { statuses: [500, 503] }],
    ['a drip', { pace: { bytes: 40_000, milliseconds: 5 } }],
  ];

  it.each(hostile)('nothing but the right content ever stands: %s', async (_name, served) => {
    writeFileSync(file, 'before');
    const seen = new Set<string>();
    const watching = new AbortController();
    const watch = (async () => {
      while (!watching.signal.aborted) {
        seen.add(createHash('sha512').update(readFileSync(file)).digest('base64'));
        // Where a file that is open cannot be replaced, its final name needs a moment.
        await sleep(5);
      }
    })();
    const before = createHash('sha512').update('before').digest('base64');
    const options = { hash: { sha512 }, size: content.length };
    const well = await get(serve(served), options).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(TransferError);
        return false;
      },
    );
    watching.abort();
    await watch;
    seen.delete(before);
    seen.delete(sha512);
    expect([...seen]).toEqual([]);
    expect(names()).toEqual(['file.bin']);
    expect(isWhole()).toBe(well);
  });
});

describe('an abort at any moment', () => {
  it('leaves no file', async () => {
    await byChance(async (next) => {
      const url = serve({ pace: { bytes: 100_000, milliseconds: 2 } });
      for (let times = 0; times < 100; times += 1) {
        const control = new AbortController();
        const getting = get(url, { signal: control.signal, hash: { sha512 }, key: 'k' });
        const ended = getting.then(
          () => true,
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'ABORT_ERR' });
            return false;
          },
        );
        await sleep(next() * 40);
        control.abort();
        const well = await ended;
        expect([times, names()]).toEqual([times, well ? ['file.bin'] : []]);
        if (well) {
          expect(isWhole()).toBe(true);
          rmSync(file);
        }
      }
    });
  });
});

describe('many', () => {
  it('are fetched at the same time', async () => {
    const url = serve();
    const all = Array.from({ length: 20 }, (_, at) => join(folder, `${String(at)}.bin`));
    await Promise.all(all.map((path) => download(url, path, { routes })));
    expect(names()).toHaveLength(20);
    expect(all.every((path) => isWhole(path))).toBe(true);
  });

  it('are fetched by downloadAll(), 200 of them, with one progress', async () => {
    const small = bytesOf(10_000);
    const url = server.serve('small', { content: small });
    const items = Array.from({ length: 200 }, (_, at) => ({
      url: `${url}?${String(at)}`,
      file: join(folder, `${String(at)}.bin`),
    }));
    const heard: number[] = [];
    const results = await downloadAll(items, {
      routes,
      concurrency: 8,
      onProgress: ({ bytesTransferred }) => heard.push(bytesTransferred),
    });
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(names()).toHaveLength(200);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(200 * small.length);
  });
});

it('200 files take no more memory than 50', async () => {
  const url = server.serve('small', { content: bytesOf(50_000) });
  const target = newFolder();
  const program = programs.startUser(
    target,
    ['downloadAll'],
    `import { setFlagsFromString } from 'node:v8';
    import { runInNewContext } from 'node:vm';
    import { setTimeout as sleep } from 'node:timers/promises';
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc');
    const used = [];
    for (let round = 0; round < 5; round += 1) {
      const items = Array.from({ length: 50 }, (_, at) => ({
        url: ${JSON.stringify(url)} + '?' + round + '-' + at,
        file: ${JSON.stringify(join(target, 'file'))} + round + '-' + at,
      }));
      await downloadAll(items, { routes: ['http'] });
      for (let times = 0; times < 3; times += 1) {
        gc();
        await sleep(20);
      }
      used.push(process.memoryUsage().heapUsed + process.memoryUsage().external);
    }
    console.log(JSON.stringify(used));`,
  );
  const [, second = 0, , , last = 0] = JSON.parse(await program.ended()) as number[];
  // What remains of one download would be there 150 times.
  expect(last - second).toBeLessThan(150 * 10_000);
});

it('holds the process until it has ended', async () => {
  const url = serve({ hold: half });
  const program = programs.startUser(
    newFolder(),
    ['download'],
    `download(${JSON.stringify(url)}, ${JSON.stringify(file)}, { routes: ['http'] }).then(
      ({ bytes }) => console.log('got', bytes),
    );
    console.log('begun');`,
  );
  await program.said('begun');
  await expect.poll(() => server.holding).toBe(1);
  server.letGo();
  expect(await program.ended()).toContain(`got ${String(content.length)}`);
});
