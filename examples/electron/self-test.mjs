// SPDX-License-Identifier: MIT
// @ts-check
// self-test.mjs APPLICATION: starts the packaged application with a feed of its own on this machine, from
// which it downloads an update through a service. Prints what happened, and exits with its status.

import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [application = 'out/win-unpacked/dosvc example.exe'] = process.argv.slice(2);
const patience = 300_000;
const cache = 'dosvc-example-self-test';

// Another content each time: the services and electron-updater keep what they have downloaded.
const installer = randomBytes(4 * 1024 * 1024);
const sha512 = createHash('sha512').update(installer).digest('base64');
const latest = [
  'version: 2.0.0',
  'files:',
  `  - { url: update.exe, sha512: ${sha512}, size: ${installer.length} }`,
  'path: update.exe',
  `sha512: ${sha512}`,
  "releaseDate: '2026-11-01T00:00:00.000Z'",
].join('\n');

/** The bytes that a request asks for. @param {string | undefined} range @param {Buffer} content */
function answer(range, content) {
  const [, first, last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const size = content.length;
  const headers = { 'Accept-Ranges': 'bytes', ETag: '"1"' };
  if (first === undefined) return { status: 200, body: content, headers };
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (Number(first) > end) {
    const none = { ...headers, 'Content-Range': `bytes */${size}` };
    return { status: 416, body: Buffer.alloc(0), headers: none };
  }
  const body = content.subarray(Number(first), end + 1);
  const part = { ...headers, 'Content-Range': `bytes ${first}-${end}/${size}` };
  return { status: 206, body, headers: part };
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const files = { '/latest.yml': Buffer.from(latest), '/update.exe': installer };
  const content = files[/** @type {keyof typeof files} */ (pathname)];
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { status, body, headers } = answer(request.headers.range, content);
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const folder = mkdtempSync(join(tmpdir(), 'dosvc-example-'));
try {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const [config, result] = [join(folder, 'app-update.yml'), join(folder, 'result.json')];
  const lines = ['provider: generic', `url: http://127.0.0.1:${port}/`];
  writeFileSync(config, [...lines, `updaterCacheDirName: ${cache}`].join('\n'));
  const args = [`--self-test=${result}`, `--update-config=${config}`];
  const child = spawn(application, args, { stdio: 'inherit', timeout: patience });
  const [status] = await once(child, 'exit');
  console.log(existsSync(result) ? readFileSync(result, 'utf8') : 'It wrote no result.');
  process.exitCode = status ?? 1;
} finally {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  // Where electron-updater keeps what it downloads.
  const local = process.env.LOCALAPPDATA;
  if (local !== undefined) rmSync(join(local, cache), { recursive: true, force: true });
}
