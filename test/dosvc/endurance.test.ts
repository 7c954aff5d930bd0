// SPDX-License-Identifier: MIT
// A job whose service or whose clients are killed again and again, at moments that chance chooses:
// the file is right in the end.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { start, type Child } from '../lifecycle/child.js';
import { awaitedLater } from '../service/awaited-later.js';
import { byChance } from './chance.js';
import { killService } from './death.js';
import { connect, it } from './fixtures.js';
import { standIn } from './installation.js';
import { bytesOf } from './transfer/range-server.js';

const size = 100_000_000;
/** Slow enough for all kills to come before the end. */
const pace = { bytes: size / 500, milliseconds: 20 };
const options = JSON.stringify({ ...standIn, pollInterval: 50 });
const programs = join(import.meta.dirname, 'programs');

describe('a job of 100 MB', () => {
  it('is waited for through 50 deaths of its service', ({ server, folder, job }) =>
    byChance(async (next) => {
      const content = bytesOf(size);
      const path = join(folder, 'file.bin');
      const heard: string[] = [];
      job.on('transferred', () => heard.push('transferred'));
      job.on('error', ({ code }) => heard.push(code));
      await job.addFile(server.serve('file', { content, etag: '"1"', pace }), path);
      await job.resume();
      const waiting = awaitedLater(job.wait());
      for (let kills = 0; kills < 50; kills++) {
        await sleep(next() * 150);
        await killService();
      }
      expect(heard).toEqual([]);
      await waiting;
      expect(await job.complete()).toMatchObject({ code: 'S_OK' });
      expect(heard).toEqual(['transferred']);
      expect(readdirSync(folder)).toEqual(['file.bin']);
      expect(readFileSync(path).equals(content)).toBe(true);
      // It went on where it was.
      const starts = server.asked.map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0));
      expect(starts).toEqual(starts.toSorted((left, right) => left - right));
    }));

  it('is taken up by 50 clients, each killed, and completed by the last', ({
    server,
    folder,
    control,
  }) =>
    byChance(async (next) => {
      const content = bytesOf(size);
      const path = join(folder, 'file.bin');
      const slower = { ...pace, milliseconds: 100 };
      const url = server.serve('file', { content, etag: '"1"', pace: slower });
      const takeUp = join(programs, 'take-up.mjs');
      const kill = async (client: Child) => {
        await sleep(next() * 300);
        client.process.kill('SIGKILL');
        expect(await client.ended).toMatchObject({ signal: 'SIGKILL', stderr: '' });
      };

      const first = start(join(programs, 'begin.mjs'), [options, url, path]);
      const [, id = ''] = /^begun (.+)\.$/m.exec(await first.said('.')) ?? [];
      await kill(first);
      // Several at a time: each displaces the others' callbacks, and is displaced.
      let kills = 1;
      const takeTurns = async () => {
        while (kills < 50) {
          kills++;
          const client = start(takeUp, [options, id]);
          await client.said('found.');
          await kill(client);
        }
      };
      await Promise.all([takeTurns(), takeTurns(), takeTurns()]);

      const last = start(takeUp, [options, id, 'complete']);
      expect(await last.ended).toMatchObject({ status: 0, stdout: 'found.\nS_OK\n', stderr: '' });
      expect(readdirSync(folder)).toEqual(['file.bin']);
      expect(readFileSync(path).equals(content)).toBe(true);
      // No client's death was the service's business.
      expect(server.asked).toHaveLength(1);
      expect(await control.count('jobs')).toBe(0);
      await using manager = await connect();
      await expect(manager.getJob(id)).rejects.toMatchObject({ code: 'DO_E_JOB_NOT_FOUND' });
    }));
});
