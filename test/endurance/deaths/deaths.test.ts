// SPDX-License-Identifier: MIT
// A job whose service is killed repeatedly, at random moments: the file is correct in the end.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { byChance } from '../../repetition/chance.js';
import { killService } from '../../stand-in/client/death.js';
import { it, slowly } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { awaitedLater } from '../../promises/awaited-later.js';

const size = 100_000_000;

describe('a job of 100 MB', () => {
  it('leaves wait() pending through 50 deaths of its service', ({ server, folder, job }) =>
    byChance(async (next) => {
      const content = bytesOf(size);
      const path = join(folder, 'file.bin');
      // Slow enough that all kills come before the end.
      const pace = { bytes: size / 1000, milliseconds: 100 };
      const heard: string[] = [];
      job.on('transferred', () => heard.push('transferred'));
      job.on('error', ({ code }) => heard.push(code));
      await job.addFile(server.serve('file', { content, etag: '"1"', pace }), path);
      await job.resume();
      const waiting = awaitedLater(job.wait());
      for (let kills = 0; kills < 50; kills++) {
        // The service works in between: the library waits at most 15 s for one that never does.
        if (next() < 0.5) await new Promise((resolve) => job.once('progress', resolve));
        await sleep(next() * 150);
        await killService();
      }
      expect(heard).toEqual([]);
      server.hurry();
      await waiting;
      expect(await job.complete()).toMatchObject({ code: 'S_OK' });
      expect(heard).toEqual(['transferred']);
      expect(readdirSync(folder)).toEqual(['file.bin']);
      expect(readFileSync(path).equals(content)).toBe(true);
      // Each transfer continued where the one before had stopped.
      const starts = server.asked.map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0));
      expect(starts).toEqual(starts.toSorted((left, right) => left - right));
    }));
});

describe('a service that is away for 1.5 s after each death', () => {
  it('leaves watch() and wait() pending through three of them', async ({ server, folder, job }) => {
    const served = slowly(1_000_000);
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', served), path);
    await job.resume();
    const waiting = awaitedLater(job.wait());
    let [kills, before] = [0, 0];
    for await (const { bytesTransferred } of job.watch()) {
      if (kills === 3 || bytesTransferred <= before) continue;
      before = bytesTransferred;
      kills++;
      await killService(1500);
      if (kills === 3) server.hurry();
    }
    expect(kills).toBe(3);
    await waiting;
    expect(await job.complete()).toMatchObject({ code: 'S_OK' });
    expect(readFileSync(path).equals(served.content)).toBe(true);
  });
});
