// SPDX-License-Identifier: MIT
// The transferring process dies at any moment. What it kept is never more than what is in the file,
// and the file is right in the end.

import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bytesOf, type Served } from './range-server.js';
import type { Download } from './driver.js';
import { done, useServer } from './scene.js';

const { server, download } = useServer();
const content = bytesOf(24 * 1024 * 1024);
const pace = { bytes: 64 * 1024, milliseconds: 2 };
const times = 50;

/** Kills it at some moment: before it asks the server, or while bytes come. */
async function killed(file: Download, options: string[]): Promise<void> {
  const running = file.start(...options);
  const asked = server().asked.length;
  if (Math.random() < 0.2) {
    await sleep(Math.random() * 80);
  } else {
    while (server().asked.length === asked) await sleep(1);
    await sleep(Math.random() * 120);
  }
  running.kill();
  await running.ended;
}

/** What the killed process left: nothing at all, or a state and no less in the file. */
function kept(file: Download, wanted: Buffer): number {
  const [path, count] = file.kept;
  if (!path) return 0;
  const done = Number(count);
  expect(statSync(path).size).toBeGreaterThanOrEqual(done);
  expect(file.temporary.subarray(0, done).equals(wanted.subarray(0, done))).toBe(true);
  return done;
}

async function endures(served: Served, wanted: Buffer, options: string[]) {
  let file = download({ ...served, pace });
  let [kills, furthest, finished] = [0, 0, 0];
  while (kills < times) {
    await killed(file, options);
    ++kills;
    const now = kept(file, wanted);
    expect(now).toBeGreaterThanOrEqual(furthest);
    furthest = now;
    if (now === wanted.length && kills < times) {
      file = download({ ...served, pace });
      furthest = 0;
      ++finished;
    }
  }
  server().serve('file.bin', served);
  expect((await file.fetch(...options)).ending).toEqual(done);
  expect(file.temporary.equals(wanted)).toBe(true);
  expect(finished).toBeLessThan(times);
}

test(`a whole file, killed ${String(times)} times`, async () => {
  await endures({ content, etag: '"1"' }, content, []);
});

test(`ranges of a file, killed ${String(times)} times`, async () => {
  const spans = [
    [9_000_001, 6_000_000],
    [17, 8_000_000],
    [20_000_000, 5_000_000],
  ] as const;
  const wanted = spans.map(([from, length]) => content.subarray(from, from + length));
  const options = spans.map(([from, length]) => `range=${String(from)}:${String(length)}`);
  await endures({ content, lastModified: 'Sat, 01 Nov 2025 10:00:00 GMT' }, Buffer.concat(wanted), [
    ...options,
  ]);
});

test('a file that changes on the server between two kills', async () => {
  const later = bytesOf(content.length, 2);
  const file = download({ content, etag: '"1"', pace });
  for (let version = 1; version <= 10; ++version) {
    const now = version % 2 ? content : later;
    server().serve('file.bin', { content: now, etag: `"${String(version)}"`, pace });
    await killed(file, []);
  }
  server().serve('file.bin', { content: later, etag: '"11"' });
  expect((await file.fetch()).ending).toEqual(done);
  expect(file.temporary.equals(later)).toBe(true);
});
