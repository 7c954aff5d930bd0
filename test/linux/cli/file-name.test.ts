// SPDX-License-Identifier: MIT
// dosvc get where the command line does not name the file: the server or the URL does.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dosvc } from '../../terminal/program.js';

let named: Server;
let origin: string;
let asked: IncomingMessage[];
let cwd: string;

beforeEach(async () => {
  asked = [];
  cwd = mkdtempSync(join(tmpdir(), 'dosvc-get-'));
  named = createServer((request, response) => {
    asked.push(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const to = searchParams.get('to');
    if (to !== null) {
      response.writeHead(302, { location: to }).end();
      return;
    }
    const name = searchParams.get('name');
    if (name !== null) {
      response.setHeader('content-disposition', `attachment; filename="${name}"`);
    }
    response.end(`content of ${pathname}`);
  });
  await new Promise<void>((listening) => named.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${String((named.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  named.closeAllConnections();
  await new Promise((closed) => named.close(closed));
  rmSync(cwd, { recursive: true });
});

it.each([
  ['/files/app.msix?sig=1', 'app.msix'],
  ['/files/a%20b.txt', 'a b.txt'],
  ['/download?name=app.msix', 'app.msix'],
  ['/?name=..%2F..%2Fapp.msix', 'app.msix'],
  ['/?name=CON', '_CON'],
])('%s is named %s', async (path, name) => {
  expect(await dosvc(['get', origin + path], { cwd })).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(cwd)).toEqual([name]);
});

describe('in a folder', () => {
  it.each([
    ['/files/app.msix', 'sub', 'app.msix'],
    ['/files/app.msix', 'sub/', 'app.msix'],
    ['/files/app.msix', 'sub/.', 'app.msix'],
    ['/?name=..%2F..%2Fapp.msix', 'sub', 'app.msix'],
  ])('%s in %s is named %s', async (path, folder, name) => {
    mkdirSync(join(cwd, 'sub'));
    const args = ['get', origin + path, folder];
    expect(await dosvc(args, { cwd })).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(cwd)).toEqual(['sub']);
    expect(readdirSync(join(cwd, 'sub'))).toEqual([name]);
  });

  it('that is not there, it fails and makes none', async () => {
    const { status, stderr } = await dosvc(['get', `${origin}/a.txt`, 'sub/'], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain('ERROR_PATH_NOT_FOUND');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('a server does not choose which file of it is replaced', async () => {
    mkdirSync(join(cwd, 'sub'));
    writeFileSync(join(cwd, 'sub', 'mine.txt'), 'mine');
    const { status, stderr } = await dosvc(['get', `${origin}/a?name=mine.txt`, 'sub'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain("names the file 'mine.txt', which exists");
    expect(readFileSync(join(cwd, 'sub', 'mine.txt'), 'utf8')).toBe('mine');
  });
});

it('a name is needed', async () => {
  const { status, stderr } = await dosvc(['get', `${origin}/`], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('Neither the server nor <url> names the file: give <file>.');
  expect(stderr).toContain('Usage: dosvc get <url> [<file>] [options]');
});

it('a server does not choose which file is replaced', async () => {
  writeFileSync(join(cwd, 'mine.txt'), 'mine');
  const { status, stderr } = await dosvc(['get', `${origin}/a?name=mine.txt`], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain("names the file 'mine.txt', which exists");
  expect(readFileSync(join(cwd, 'mine.txt'), 'utf8')).toBe('mine');
  // The one in the URL was seen by who typed it.
  expect(await dosvc(['get', `${origin}/mine.txt`], { cwd })).toMatchObject({ status: 0 });
  expect(readFileSync(join(cwd, 'mine.txt'), 'utf8')).toBe('content of /mine.txt');
});

it('asks without the headers where another origin sends it, even back', async () => {
  const other = origin.replace('127.0.0.1', 'localhost');
  const back = encodeURIComponent(`${other}/a?to=${encodeURIComponent(`${origin}/b?name=c.txt`)}`);
  const header = ['--header', 'private-token: secret', '--json'];
  await dosvc(['get', `${origin}/a?to=${back}`, ...header], { cwd });
  const [first, second, third] = asked.map(({ headers }) => headers['private-token'] ?? null);
  expect([first, second, third]).toEqual(['secret', null, null]);
});

it('asks another origin without the headers', async () => {
  const other = origin.replace('127.0.0.1', 'localhost');
  const to = encodeURIComponent(`${other}/a?name=b.txt`);
  const header = ['--header', 'private-token: secret'];
  expect(await dosvc(['get', `${origin}/a?to=${to}`, ...header], { cwd })).toMatchObject({
    status: 0,
  });
  expect(existsSync(join(cwd, 'b.txt'))).toBe(true);
  const tokens = asked.map(({ headers }) => [
    headers.host?.split(':')[0],
    headers['private-token'],
  ]);
  expect(new Set(tokens.map(String))).toEqual(new Set(['127.0.0.1,secret', 'localhost,']));
});
