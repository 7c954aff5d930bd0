// SPDX-License-Identifier: MIT
// Ctrl+C while `dosvc get` runs, at many moments: it leaves nothing.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { bytesOf } from '../../http/served.js';
import { start } from '../../terminal/program.js';
import { byChance } from '../../repetition/chance.js';
import { it } from '../../terminal/fixtures.js';
import { objectsIn } from '../../terminal/objects.js';

describe('leaves nothing at 25 random moments', () => {
  // On a busy machine, the first line comes seconds after the start.
  it.for(['its start', 'its first line'])('from %s on', async (from, { server, cwd }) => {
    const content = bytesOf(2_000_000);
    const url = server.serve('paced.bin', { content, pace: { bytes: 50_000, milliseconds: 5 } });
    const statuses = new Set<number | null>();
    await byChance(async (next) => {
      for (let turn = 0; turn < 25; turn += 1) {
        const { child, ended } = start(['get', url, 'a.bin', '--json'], { cwd });
        const line = new Promise((said) => child.stdout?.once('data', said));
        if (from === 'its first line') await Promise.race([line, ended]);
        // To after its last line.
        const moment = sleep(next() * 900).then(() => child.kill('SIGINT'));
        const { status, stdout, stderr } = await ended;
        await moment;
        statuses.add(status);
        const kinds = objectsIn('get', stdout).map(({ kind }) => kind);
        if (kinds.at(-1) === 'result') {
          // It was done; Node itself may have ended by the signal afterwards.
          expect([0, null]).toContain(status);
          expect(readFileSync(join(cwd, 'a.bin')).equals(content)).toBe(true);
          rmSync(join(cwd, 'a.bin'));
        } else if (status !== 130) {
          // Node has ended by the signal, before the program had begun.
          expect({ status, stdout }).toEqual({ status: null, stdout: '' });
        }
        expect({ left: readdirSync(cwd), stderr }).toEqual({ left: [], stderr: '' });
      }
    });
    if (from === 'its first line') expect(statuses).toContain(130);
  });
});
