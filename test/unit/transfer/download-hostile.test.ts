// SPDX-License-Identifier: MIT
// Downloads from hostile servers, aborts at any moment, and many downloads at once: nothing but the right
// content ever stands under the final name, and nothing else remains.

import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { download, downloadAll, TransferError } from 'dosvc';
import { describe, expect, it } from 'vitest';
import { bytesOf, type Served } from '../../http/served.js';
import { byChance } from '../../repetition/chance.js';
import { howOften } from '../../repetition/how-often.js';
import { content, half, HttpScene, routes, sha512 } from './http-scene.js';
import { Programs } from './program.js';

const scene = new HttpScene();
const programs = new Programs();

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
    writeFileSync(scene.file, 'before');
    const seen = new Set<string>();
    const watching = new AbortController();
    const watch = (async () => {
      while (!watching.signal.aborted) {
        seen.add(createHash('sha512').update(readFileSync(scene.file)).digest('base64'));
        // Where a file that is open cannot be replaced, its final name needs a moment.
        await sleep(5);
      }
    })();
    const before = createHash('sha512').update('before').digest('base64');
    const options = { hash: { sha512 }, size: content.length };
    const well = await scene.get(scene.serve(served), options).then(
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
    expect(scene.names()).toEqual(['file.bin']);
    expect(scene.isWhole()).toBe(well);
  });
});

describe('an abort at any moment', () => {
  it('leaves no file', async () => {
    await byChance(async (next) => {
      const url = scene.serve({ pace: { bytes: 100_000, milliseconds: 2 } });
      for (let times = 0; times < howOften(20, 100); times += 1) {
        const control = new AbortController();
        const getting = scene.get(url, { signal: control.signal, hash: { sha512 }, key: 'k' });
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
        expect([times, scene.names()]).toEqual([times, well ? ['file.bin'] : []]);
        if (well) {
          expect(scene.isWhole()).toBe(true);
          rmSync(scene.file);
        }
      }
    });
  });
});

describe('many', () => {
  it('are fetched at the same time', async () => {
    const url = scene.serve();
    const all = Array.from({ length: 20 }, (_, at) => join(scene.folder, `${String(at)}.bin`));
    await Promise.all(all.map((path) => download(url, path, { routes })));
    expect(scene.names()).toHaveLength(20);
    expect(all.every((path) => scene.isWhole(path))).toBe(true);
  });

  it('are fetched by downloadAll() with one progress', async () => {
    const count = howOften(50, 200);
    const small = bytesOf(10_000);
    const url = scene.server.serve('small', { content: small });
    const items = Array.from({ length: count }, (_, at) => ({
      url: `${url}?${String(at)}`,
      file: join(scene.folder, `${String(at)}.bin`),
    }));
    const heard: number[] = [];
    const results = await downloadAll(items, {
      routes,
      concurrency: 8,
      onProgress: ({ bytesTransferred }) => heard.push(bytesTransferred),
    });
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(scene.names()).toHaveLength(count);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(count * small.length);
  });
});

it('200 files take no more memory than 50', async () => {
  const url = scene.server.serve('small', { content: bytesOf(50_000) });
  const target = scene.newFolder();
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
