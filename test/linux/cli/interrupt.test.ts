// SPDX-License-Identifier: MIT
// Ctrl+C while dosvc runs: `get` cleans up, leaves nothing, and exits with 130; a command with nothing to
// clean up does not wait for a service that hangs.

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { it } from '../../terminal/fixtures.js';
import { inTerminal } from '../../terminal/in-terminal.js';
import { program, start } from '../../terminal/program.js';

const services = join(import.meta.dirname, 'services.cjs');

it('in a terminal, says so, gives the cursor back and leaves nothing', async ({ server, cwd }) => {
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

it('a second one ends it at once', async ({ server, cwd }) => {
  server.hold();
  const { url } = server.file('held');
  const { child, ended } = start(['get', url, 'a.bin', '--json'], { cwd });
  await new Promise((begun) => child.stdout?.once('data', begun));
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ status: 130, stderr: '' });
});

it.for([['jobs'], ['cancel', '11111111-2222-4333-8444-555555555555']])(
  'one ends dosvc %s, whose service hangs',
  async (args, { cwd }) => {
    const file = join(cwd, 'services.json');
    writeFileSync(file, JSON.stringify({ bits: 'hangs' }));
    const env = { DOSVC_TEST_SERVICES: file };
    const { child, ended } = start([...args, '--service', 'bits'], { env, preload: services });
    while (!existsSync(`${file}.waits`)) await sleep(5);
    child.kill('SIGINT');
    expect(await ended).toEqual({ status: 130, stdout: '', stderr: '' });
  },
);
