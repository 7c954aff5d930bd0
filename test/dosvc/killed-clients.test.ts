// SPDX-License-Identifier: MIT
// Clients that take up the same job, and are killed at random moments.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { bytesOf } from '../http/served.js';
import { start, type Child } from '../processes/child.js';
import { byChance } from '../repetition/chance.js';
import { howOften } from '../repetition/how-often.js';
import { connect, it } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';

const options = JSON.stringify({ ...standIn, pollInterval: 50 });
const programs = join(import.meta.dirname, 'programs');
const clients = howOften(6, 50);
const size = howOften(4_000_000, 100_000_000);

it(`a job outlives ${String(clients)} clients that are killed, and another client completes it`, ({
  server,
  folder,
  control,
}) =>
  byChance(async (next) => {
    const content = bytesOf(size);
    const path = join(folder, 'file.bin');
    // Slow enough for all clients to be killed before the transfer ends.
    const pace = { bytes: size / 1000, milliseconds: 100 };
    const url = server.serve('file', { content, etag: '"1"', pace });
    const takeUp = join(programs, 'take-up.mjs');
    const kill = async (client: Child) => {
      await sleep(next() * 300);
      client.process.kill('SIGKILL');
      expect(await client.ended).toMatchObject({ signal: 'SIGKILL', stderr: '' });
    };

    const first = start(join(programs, 'begin.mjs'), [options, url, path]);
    const [, id = ''] = /^begun (.+)\.$/m.exec(await first.said('.')) ?? [];
    await kill(first);
    // Several at a time, so that they displace each other's callbacks.
    let kills = 1;
    const takeTurns = async () => {
      while (kills < clients) {
        kills++;
        const client = start(takeUp, [options, id]);
        await client.said('found.');
        await kill(client);
      }
    };
    await Promise.all([takeTurns(), takeTurns(), takeTurns()]);

    const last = start(takeUp, [options, id, 'complete']);
    await last.said('found.');
    server.hurry();
    expect(await last.ended).toMatchObject({ status: 0, stdout: 'found.\nS_OK\n', stderr: '' });
    expect(readdirSync(folder)).toEqual(['file.bin']);
    expect(readFileSync(path).equals(content)).toBe(true);
    // No client's death interrupted the transfer: HEAD, and a request for each MB.
    expect(server.asked).toHaveLength(1 + Math.ceil(size / 2 ** 20));
    expect(await control.count('jobs')).toBe(0);
    await using manager = await connect();
    await expect(manager.getJob(id)).rejects.toMatchObject({ code: 'DO_E_JOB_NOT_FOUND' });
  }));
