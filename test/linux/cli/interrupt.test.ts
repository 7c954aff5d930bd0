// SPDX-License-Identifier: MIT
// Ctrl+C while dosvc runs: `get` cleans up, leaves nothing, and exits with 130; a command with nothing to
// clean up does not wait for a service that hangs.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HttpServer } from '../../http/server.js';
import { bytesOf } from '../../http/served.js';
import { byChance } from '../../scenarios/chance.js';
import { inTerminal } from '../../terminal/in-terminal.js';
import { objectsIn } from '../../terminal/objects.js';
import { program, start } from './program.js';

const services = join(import.meta.dirname, 'services.cjs');

let server: HttpServer;
let cwd: string;

beforeAll(async () => {
  server = await HttpServer.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'dosvc-get-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

it('in a terminal, says so, gives the cursor back and leaves nothing', async () => {
  server.hold();
  const { url } = server.file('held');
  const words = [program, 'get', url, 'a.bin'];
  const running = inTerminal(words, { columns: 80, rows: 24 }, {}, cwd);
  await running.shows((lines) => lines.join(' ').includes(' 50 %'));
  running.press('\x03');
  expect(await running.ended).toBe(130);
  expect(readdirSync(cwd)).toEqual([]);
  expect(running.screen.lines.join('').replace('^C', '')).toBe('');
  expect(running.written()).toContain('Stopping and cleaning up');
  const shown = running.written().lastIndexOf('\u001B[?25h');
  expect(shown).toBeGreaterThan(running.written().lastIndexOf('\u001B[?25l'));
});

it('a second one ends it at once', async () => {
  server.hold();
  const { url } = server.file('held');
  const { child, ended } = start(['get', url, 'a.bin', '--json'], { cwd });
  await new Promise((begun) => child.stdout?.once('data', begun));
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ status: 130, stderr: '' });
});

describe('leaves nothing at 25 random moments', () => {
  // On a busy machine, the first line comes seconds after the start.
  it.each(['its start', 'its first line'])('from %s on', async (from) => {
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

it.each([['jobs'], ['cancel', '11111111-2222-4333-8444-555555555555']])(
  'one ends dosvc %s, whose service hangs',
  async (...args) => {
    const file = join(cwd, 'services.json');
    writeFileSync(file, JSON.stringify({ bits: 'hangs' }));
    const env = { DOSVC_TEST_SERVICES: file };
    const { child, ended } = start([...args, '--service', 'bits'], { env, preload: services });
    while (!existsSync(`${file}.waits`)) await sleep(5);
    child.kill('SIGINT');
    expect(await ended).toEqual({ status: 130, stdout: '', stderr: '' });
  },
);
