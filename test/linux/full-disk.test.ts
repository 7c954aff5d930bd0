// SPDX-License-Identifier: MIT
// A disk that becomes full during a download. A limit of the size of files has the same effect on a process
// as a volume that is full, and needs no volume of its own: writes fail.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bytesOf } from '../http/served.js';
import { HttpServer } from '../http/server.js';

const library = createRequire(join(import.meta.dirname, '../../package.json')).resolve('dosvc');
const program = `
  const { download } = require(${JSON.stringify(library)});
  const [url, file, options] = process.argv.slice(1);
  download(url, file, JSON.parse(options)).catch(({ code, attempts }) => {
    console.log(JSON.stringify([code, attempts?.map(({ route }) => route)]));
  });
`;

let server: HttpServer;
let folder: string;

beforeEach(async () => {
  server = await HttpServer.start();
  folder = mkdtempSync(join(tmpdir(), 'dosvc-full-'));
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** What a download says in a process whose files have at most so many bytes. */
async function said(most: number, url: string, options: object): Promise<unknown> {
  const args = [url, join(folder, 'file.bin'), JSON.stringify(options)];
  const limit = `--fsize=${String(most)}`;
  const child = spawn('prlimit', [limit, process.execPath, '--eval', program, '--', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const exit = once(child, 'exit');
  const output = await text(child.stdout);
  await exit;
  return JSON.parse(output) as unknown;
}

it('ends the download at once, with nothing left', async () => {
  const url = server.serve('file', { content: bytesOf(500_000) });
  const routes = ['http', 'bits'];
  expect(await said(100_000, url, { routes })).toEqual(['ERROR_DISK_FULL', ['http']]);
  expect(readdirSync(folder)).toEqual([]);
});

it('is noticed before a byte is requested if the size is given', async () => {
  const url = server.serve('file', { content: bytesOf(500_000) });
  const size = 2 ** 52;
  expect(await said(100_000, url, { size })).toEqual(['ERROR_DISK_FULL', null]);
  expect(server.asked).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});
