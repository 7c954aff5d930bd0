// SPDX-License-Identifier: MIT
// The programs that the documentation shows for download() and diagnose() run on the host, too, where
// plain HTTP is the only route.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completed, programsOf, promised, type Program } from '../guides/programs.js';
import { HttpServer } from '../http/server.js';
import { bytesOf } from '../http/served.js';

const clone = join(import.meta.dirname, '../..');
const content = bytesOf(100_000);
const sha512 = createHash('sha512').update(content).digest('hex');
const signature = 'Check the signature';
const programs = [
  ...programsOf('README.md').slice(0, 1),
  ...programsOf('docs/download.md'),
  ...programsOf('docs/troubleshooting.md'),
];

let server: HttpServer;
let folder = '';

beforeEach(async () => {
  server = await HttpServer.start();
  folder = mkdtempSync(join(tmpdir(), 'dosvc-programs-'));
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function run(program: Program) {
  const url = server.serve('file', { content });
  const script = join(folder, 'program.mjs');
  writeFileSync(script, completed(program, { url, file: join(folder, 'file.bin'), sha512 }));
  const args = ['--require', join(clone, 'tools/win/self.cjs'), script];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  rmSync(script);
  return { status, stdout, stderr };
}

// Only a service goes on without this process.
const here = programs.filter(
  ({ heading }) => ![signature, 'Leave it to the service'].includes(heading),
);

it.for(here)('the documented program runs on the host: $page, $heading', async (program) => {
  const { status, stdout, stderr } = await run(program);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const word of promised(program)) expect(stdout).toContain(word);
  for (const name of readdirSync(folder)) {
    expect(name).toMatch(/^file\.bin(\.\d)?$/);
    expect(readFileSync(join(folder, name)).equals(content)).toBe(true);
  }
});

it('the documented program refuses what no signature vouches for', async () => {
  const program = programs.find(({ heading }) => heading === signature);
  if (program === undefined) throw new Error('the guide has no such program');
  const { status, stderr } = await run(program);
  expect(status).toBe(1);
  expect(stderr).toContain('powershell.exe ENOENT');
  expect(readdirSync(folder)).toEqual([]);
});
