// SPDX-License-Identifier: MIT
// The transferring process is killed at random moments. The state that it saved never claims more bytes
// than the file has, and the file is right in the end.

import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bytesOf, type Served } from '../../http/served.js';
import { byChance } from '../../repetition/chance.js';
import { howOften } from '../../repetition/how-often.js';
import type { Download } from '../../stand-in/client/driver.js';
import { done, useServer } from '../../stand-in/client/transfers.js';

const scene = useServer();
const size = howOften(4 << 20, 24 << 20);
const kills = howOften(5, 50);

const pace = { bytes: 64 * 1024, milliseconds: 2 };

/** Kills the process before it sends a request, or while bytes arrive. */
async function kill(file: Download, options: string[], next: () => number): Promise<void> {
  const running = file.start(...options);
  const asked = scene.server().asked.length;
  if (next() < 0.2) {
    await sleep(next() * 80);
  } else {
    while (scene.server().asked.length === asked) await sleep(1);
    await sleep(next() * 120);
  }
  running.kill();
  await running.ended;
}

/** Checks what the killed process left: nothing, or a state and at least as many bytes in the file. */
function kept(file: Download, wanted: Buffer): number {
  const [path, count] = file.kept;
  if (!path) return 0;
  const done = Number(count);
  expect(statSync(path).size).toBeGreaterThanOrEqual(done);
  expect(file.temporary.subarray(0, done).equals(wanted.subarray(0, done))).toBe(true);
  return done;
}

/** Transfers the wanted bytes of a file, in a process that is killed. */
function endures(served: Served, wanted: Buffer, options: string[]) {
  return byChance(async (next) => {
    const { server, download } = scene;
    let file = download({ ...served, pace });
    let [killed, furthest, finished] = [0, 0, 0];
    while (killed < kills) {
      await kill(file, options, next);
      ++killed;
      const now = kept(file, wanted);
      expect(now).toBeGreaterThanOrEqual(furthest);
      furthest = now;
      if (now === wanted.length && killed < kills) {
        file = download({ ...served, pace });
        furthest = 0;
        ++finished;
      }
    }
    server().serve('file.bin', served);
    expect((await file.fetch(...options)).ending).toEqual(done);
    expect(file.temporary.equals(wanted)).toBe(true);
    expect(finished).toBeLessThan(kills);
  });
}

test(`a whole file survives ${String(kills)} kills`, async () => {
  const content = bytesOf(size);
  await endures({ content, etag: '"1"' }, content, []);
});

test(`ranges of a file survive ${String(kills)} kills`, async () => {
  const content = bytesOf(size);
  const part = (share: number) => Math.floor(size * share);
  const spans = [
    [part(0.4) + 1, part(0.25)],
    [17, part(0.3)],
    [part(0.8), part(0.2)],
  ] as const;
  const wanted = spans.map(([from, length]) => content.subarray(from, from + length));
  const options = spans.map(([from, length]) => `range=${String(from)}:${String(length)}`);
  const served = { content, lastModified: 'Sat, 01 Nov 2025 10:00:00 GMT' };
  await endures(served, Buffer.concat(wanted), options);
});

test('a file that changes on the server between kills is right in the end', () =>
  byChance(async (next) => {
    const { server, download } = scene;
    const [content, later] = [bytesOf(size), bytesOf(size, 2)];
    const file = download({ content, etag: '"0"', pace });
    for (let version = 1; version <= howOften(3, 10); ++version) {
      const now = version % 2 ? content : later;
      server().serve('file.bin', { content: now, etag: `"${String(version)}"`, pace });
      await kill(file, [], next);
    }
    server().serve('file.bin', { content: later, etag: '"last"' });
    expect((await file.fetch()).ending).toEqual(done);
    expect(file.temporary.equals(later)).toBe(true);
  }));
