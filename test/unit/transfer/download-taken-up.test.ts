// SPDX-License-Identifier: MIT
// What a download began and did not finish: it is taken up, and it keeps its process alive.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEEP } from 'dosvc';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../http/served.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { rejection } from '../../promises/rejection.js';
import { content, half, halfway, HttpScene, routes, sha512 } from './http-scene.js';
import { Programs } from './program.js';

const scene = new HttpScene();
const programs = new Programs();

describe('what was begun', () => {
  it('is kept on KEEP, and taken up without a byte twice', async () => {
    const control = new AbortController();
    const { reached, onProgress } = halfway();
    const url = scene.serve({ hold: half });
    const options = { key: 'app/update', hash: { sha512 } };
    const getting = awaitedLater(
      scene.get(url, { ...options, onProgress, signal: control.signal }),
    );
    await reached;
    control.abort(KEEP);
    expect(await rejection(getting)).toMatchObject({ code: 'ABORT_ERR', cause: KEEP });
    expect(scene.names().some((name) => name.endsWith('.part'))).toBe(true);
    scene.server.letGo();
    await scene.get(url, options);
    expect(scene.server.asked.map(({ range }) => range)).toEqual([
      undefined,
      `bytes=${String(half)}-`,
    ]);
    expect(scene.isWhole()).toBe(true);
    expect(scene.names()).toEqual(['file.bin']);
  });

  it('is taken up at another address with the same key and hash', async () => {
    const control = new AbortController();
    const { reached, onProgress } = halfway();
    const options = { key: 'app/update', hash: { sha512 } };
    const signed = scene.serve({ hold: half });
    const getting = awaitedLater(
      scene.get(`${signed}?sig=1`, { ...options, onProgress, signal: control.signal }),
    );
    await reached;
    control.abort(KEEP);
    await rejection(getting);
    scene.server.letGo();
    await scene.get(`${signed}?sig=2`, options);
    expect(scene.server.asked.at(-1)?.range).toBe(`bytes=${String(half)}-`);
    expect(scene.isWhole()).toBe(true);
  });

  it('is begun anew if the same key has another hash', async () => {
    const control = new AbortController();
    const { reached, onProgress } = halfway();
    const key = 'app/update';
    const old = { content: bytesOf(content.length, 7), hold: half };
    const hash = { sha256: '0'.repeat(64) };
    const getting = awaitedLater(
      scene.get(scene.serve(old, 'v1'), { key, hash, onProgress, signal: control.signal }),
    );
    await reached;
    control.abort(KEEP);
    await rejection(getting);
    scene.server.letGo();
    await scene.get(scene.serve({}, 'v2'), { key, hash: { sha512 } });
    expect(scene.isWhole()).toBe(true);
    expect(scene.names()).toEqual(['file.bin']);
  });

  it('by a process that was killed is taken up by the next, without a byte twice', async () => {
    const url = scene.serve({ hold: half });
    const options = JSON.stringify({ routes, key: 'k', hash: { sha512 } });
    const first = programs.startUser(
      scene.newFolder(),
      ['download'],
      `await download(${JSON.stringify(url)}, ${JSON.stringify(scene.file)}, {
        ...${options},
        onProgress: ({ bytesTransferred }) => console.log('has', bytesTransferred),
      });`,
    );
    await first.said('has ');
    await expect.poll(() => partSize()).toBeGreaterThan(0);
    await first.kill();
    const there = partSize();
    scene.server.letGo();
    await scene.get(url, { key: 'k', hash: { sha512 } });
    expect(scene.server.asked.map(({ range }) => range)).toEqual([
      undefined,
      `bytes=${String(there)}-`,
    ]);
    expect(scene.isWhole()).toBe(true);
    expect(scene.names()).toEqual(['file.bin']);
  });

  function partSize(): number {
    const part = scene.names().find((name) => name.endsWith('.part'));
    return part === undefined ? 0 : readFileSync(join(scene.folder, part)).length;
  }
});

it('holds the process until it has ended', async () => {
  const url = scene.serve({ hold: half });
  const program = programs.startUser(
    scene.newFolder(),
    ['download'],
    `download(${JSON.stringify(url)}, ${JSON.stringify(scene.file)}, { routes: ['http'] }).then(
      ({ bytes }) => console.log('got', bytes),
    );
    console.log('begun');`,
  );
  await program.said('begun');
  await expect.poll(() => scene.server.holding).toBe(1);
  scene.server.letGo();
  expect(await program.ended()).toContain(`got ${String(content.length)}`);
});
