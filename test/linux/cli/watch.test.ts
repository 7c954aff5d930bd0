// SPDX-License-Identifier: MIT
// dosvc watch, the whole program, in a pseudo terminal that changes its size, on services that hang, die
// and come back.

import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTerminal } from '../../terminal/in-terminal.js';
import { program } from '../../terminal/program.js';

const services = join(import.meta.dirname, 'services.cjs');
const MiB = 2 ** 20;
const rows = 24;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-watch-'));
  file = join(folder, 'services.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Doing = object[] | 'hangs' | 'gone';

/** Has the services do something else from now on. */
function have(bits: Doing, deliveryOptimization: Doing): void {
  const doings = { bits, 'delivery-optimization': deliveryOptimization };
  writeFileSync(`${file}.new`, JSON.stringify(doings));
  renameSync(`${file}.new`, file);
}

function transfer(digit: number, name: string, bytesTransferred: number) {
  const id = `${String(digit).repeat(8)}-2222-4333-8444-555555555555`;
  return { id, name, state: 'transferring', bytesTransferred, bytesTotal: 8 * MiB };
}
const job = (bytes: number) => transfer(1, 'Contoso update', bytes);
const download = (bytes: number) => transfer(2, 'Größe – 日本', bytes);

function watch(columns: number) {
  const words = ['--require', services, program, 'watch'];
  return inTerminal(words, { columns, rows }, { DOSVC_TEST_SERVICES: file });
}

const oneOf = (lines: string[], part: string) => lines.find((line) => line.includes(part)) ?? '';

describe.each([
  [120, 40],
  [120, 90],
  [40, 120],
  [90, 250],
])('a terminal of %i columns that becomes one of %i', (columns, other) => {
  it('shows what a terminal of that size shows, and nothing else', async () => {
    have([job(2 * MiB)], [download(4 * MiB)]);
    const before = watch(columns);
    const expected = watch(other);
    // With both speeds: nothing is drawn after that. What a program draws after the size has changed, but before
    // SIGWINCH reaches it, is laid out for the old size, and some of those lines stay.
    const complete = (lines: string[]) => {
      const text = lines.join(' ');
      return ['25 %', '50 %', /0 bytes\/s.*0 bytes\/s/].every((part) => text.match(part));
    };
    await before.shows(complete);
    await expected.shows(complete);
    before.resize({ columns: other, rows });
    await before.shows((lines) => lines.join('\n') === expected.screen.lines.join('\n'));
    // Once more, back and forth.
    before.resize({ columns, rows });
    before.resize({ columns: other, rows });
    await before.shows((lines) => lines.join('\n') === expected.screen.lines.join('\n'));
    for (const one of [before, expected]) {
      one.press('\x03');
      expect(await one.ended).toBe(130);
    }
    // The cursor is there again.
    const [, after = ''] = before.written().split('\u001B[?25h');
    expect(after).not.toContain('\u001B[?25l');
  });
});

it('a service that hangs is said not to answer, while the other goes on', async () => {
  have('hangs', [download(MiB)]);
  const { screen, shows, press, ended } = watch(120);
  await shows((lines) => lines.includes('BITS does not answer'));
  have('hangs', [download(4 * MiB)]);
  await shows((lines) => oneOf(lines, 'Größe').includes('50 %'));
  expect(screen.lines).toContain('BITS does not answer');
  have([job(2 * MiB)], [download(6 * MiB)]);
  await shows((lines) => oneOf(lines, 'Contoso').includes('25 %') && lines.length === 3);
  press('\x03');
  expect(await ended).toBe(130);
});

it('a service that dies comes back with its transfers', async () => {
  have([job(2 * MiB)], []);
  const { screen, shows, press, ended } = watch(120);
  await shows((lines) => oneOf(lines, 'Contoso').includes('25 %'));
  have('gone', []);
  await shows((lines) => lines.at(-1) === 'BITS does not answer: RPC_S_SERVER_UNAVAILABLE');
  // What was seen last stays.
  expect(oneOf(screen.lines, 'Contoso')).toContain('25 %');
  have([job(8 * MiB)], []);
  await shows((lines) => oneOf(lines, 'Contoso').includes('100 %') && lines.length === 2);
  press('\x03');
  expect(await ended).toBe(130);
});

it('is left by Ctrl+C while a service hangs', async () => {
  have('hangs', 'hangs');
  const { screen, shows, press, ended } = watch(80);
  await shows((lines) => lines.join() === 'Asking BITS ...,Asking Delivery Optimization ...');
  press('\x03');
  expect(await ended).toBe(130);
  expect(screen.lines.join('').replace('^C', '')).toBe('');
});
