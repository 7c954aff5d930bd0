// SPDX-License-Identifier: MIT
// dosvc get over the route that works everywhere: what it prints to a file, a pipe, a program and a
// terminal, and how each option reaches the download.

import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../../terminal/fixtures.js';
import { inTerminal } from '../../terminal/in-terminal.js';
import { objectsIn } from '../../terminal/objects.js';
import { dosvc, program } from '../../terminal/program.js';

const setbacks =
  'Delivery Optimization: ERR_DOSVC_UNSUPPORTED_PLATFORM; BITS: ERR_DOSVC_UNSUPPORTED_PLATFORM';
const hashOf = (content: Buffer) => createHash('sha512').update(content).digest('hex');

it('prints a line at the start and one at the end', async ({ server, cwd }) => {
  const { url, content } = server.file('whole');
  const { status, stdout, stderr } = await dosvc(['get', `${url}?secret=1`, 'a.bin'], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    `a.bin: downloading ${url}`,
    expect.stringMatching(
      /^a\.bin: [\d.]+ .* in \d+ m?s through HTTP, the server's length checked \(not through /,
    ),
    '',
  ]);
  expect(stdout).toContain(setbacks);
  expect(readFileSync(join(cwd, 'a.bin')).equals(content)).toBe(true);
  expect(readdirSync(cwd)).toEqual(['a.bin']);
});

it('prints the same to a file', async ({ server, cwd }) => {
  const { url } = server.file('whole');
  const log = openSync(join(cwd, 'log'), 'w');
  expect(await dosvc(['get', url, 'a.bin'], { cwd, stdout: log })).toMatchObject({ status: 0 });
  closeSync(log);
  expect(readFileSync(join(cwd, 'log'), 'utf8').split('\n')).toHaveLength(3);
});

it('with --json, prints the start, the progress and the result', async ({ server, cwd }) => {
  const { url, content } = server.file('whole');
  const args = ['get', url, 'Größe.bin', '--json', '--sha512', hashOf(content)];
  const { status, stdout, stderr } = await dosvc(args, { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^[ -~\n]+$/);
  const objects = objectsIn('get', stdout);
  expect(objects[0]).toEqual({ kind: 'start', route: 'http', id: null });
  expect(objects.slice(1, -1).every(({ kind }) => kind === 'progress')).toBe(true);
  expect(objects.at(-1)).toMatchObject({
    kind: 'result',
    route: 'http',
    bytes: content.length,
    file: join(cwd, 'Größe.bin'),
    verified: 'sha512',
    attempts: [{ route: 'delivery-optimization' }, { route: 'bits' }],
  });
  // Once more, it is there.
  const again = await dosvc(args, { cwd });
  expect(objectsIn('get', again.stdout)).toEqual([
    expect.objectContaining({ kind: 'result', route: 'none' }),
  ]);
});

describe.each([40, 200])('in a terminal of %i columns', (columns) => {
  it('draws how far it is, and says at the end how it went', async ({ server, cwd }) => {
    server.hold();
    const { url, content } = server.file('held');
    const words = [program, 'get', url, 'a.bin'];
    const { screen, shows, ended } = inTerminal(words, { columns, rows: 24 }, {}, cwd);
    await shows((lines) => lines.join(' ').includes(' 50 %'));
    const drawn = screen.lines;
    expect(drawn[0]).toBe('a.bin');
    expect(drawn[1]).toMatch(/^█+░+ {2}50 %/);
    expect(drawn.join(' ')).toMatch(/[\d.]+ of [\d.]+ (bytes|[KM]iB)/);
    expect(drawn.join(' ')).toContain('through HTTP');
    expect(drawn.every((line) => line.length < columns)).toBe(true);
    expect(readdirSync(cwd)).not.toContain('a.bin');
    server.letGo();
    expect(await ended).toBe(0);
    const text = screen.lines.join('\n').replace(/\s+/g, ' ');
    expect(text).toMatch(/^a\.bin: .* through HTTP, the server's length checked /);
    expect(text).toContain('BITS was not used: it is a service of Windows.');
    // Nothing is left of the bar.
    expect(text).not.toContain('█');
    expect(screen.lines.every((line) => line.length < columns)).toBe(true);
    expect(readFileSync(join(cwd, 'a.bin')).equals(content)).toBe(true);
  });
});

describe('options', () => {
  it.for<[args: string[], code: string]>([
    [['--sha512', 'ab'.repeat(64)], 'ERR_DOSVC_HASH_MISMATCH'],
    [['--sha256', 'ab'.repeat(32)], 'ERR_DOSVC_HASH_MISMATCH'],
    [['--size', '5'], 'ERR_DOSVC_SIZE_MISMATCH'],
    [['--route', 'bits'], 'ERR_DOSVC_UNSUPPORTED_PLATFORM'],
    [['--route', 'delivery-optimization,bits'], 'ERR_DOSVC_UNSUPPORTED_PLATFORM'],
    [['--detach'], 'ERR_DOSVC_UNSUPPORTED_PLATFORM'],
  ])('%j fails with %s, and leaves nothing', async ([args, code], { server, cwd }) => {
    const { url } = server.file('whole');
    const { status, stderr } = await dosvc(['get', url, 'a.bin', ...args], { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^dosvc: The file was not downloaded\\..*${code}`));
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('sends headers', async ({ server, cwd }) => {
    const { url } = server.file('whole');
    const headers = ['--header', 'X-One: 1', '--header', 'x-two:two: 2'];
    expect(await dosvc(['get', url, 'a.bin', ...headers], { cwd })).toMatchObject({ status: 0 });
    const { pathname } = new URL(url);
    const asked = server.asked.filter(({ path }) => path === pathname);
    expect(asked.at(-1)?.headers).toMatchObject({ 'x-one': '1', 'x-two': 'two: 2' });
  });

  it('takes the rest as download() does', async ({ server, cwd }) => {
    const { url } = server.file('whole');
    const rest = [
      '--background',
      '--cost',
      'no-roaming',
      '--key',
      'test',
      '--motw',
      '--route',
      'http',
    ];
    expect(await dosvc(['get', url, 'a.bin', ...rest], { cwd })).toMatchObject({ status: 0 });
    // Only Windows has a mark for it.
    expect(readdirSync(cwd)).toEqual(['a.bin']);
  });
});

it('says what a server answers', async ({ server, cwd }) => {
  const { url } = server.file(404);
  const { status, stderr } = await dosvc(['get', url, 'a.bin'], { cwd });
  expect(status).toBe(1);
  expect(stderr).toContain('BG_E_HTTP_ERROR_404');
  expect(readdirSync(cwd)).toEqual([]);
});
