// SPDX-License-Identifier: MIT
//
// `npm run demo`: a complete download through the service. The script runs a small server of its own,
// so that it needs no network.

import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager } from 'dosvc';

const size = 20_000_000;
const content = randomBytes(size);
const server = createServer((request, response) => {
  // The services send range requests.
  const [, from = 0, to = size - 1] = /^bytes=(\d+)-(\d+)?/.exec(request.headers.range ?? '') ?? [];
  const [start, end] = [Number(from), Number(to) + 1];
  if (request.headers.range !== undefined) {
    response.statusCode = 206;
    response.setHeader(
      'Content-Range',
      `bytes ${String(start)}-${String(end - 1)}/${String(size)}`,
    );
  }
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Length', end - start);
  if (request.method === 'HEAD') response.end();
  else void send(response, start, end);
});

/**
 * Sends the content over about two seconds, so that there is progress to see.
 * @param {import('node:http').ServerResponse} response
 * @param {number} start
 * @param {number} end
 */
async function send(response, start, end) {
  for (let at = start; at < end; at += 1_000_000) {
    response.write(content.subarray(at, Math.min(at + 1_000_000, end)));
    await sleep(100);
  }
  response.end();
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

const folder = mkdtempSync(join(tmpdir(), 'dosvc-demo-'));
const file = join(folder, 'app.bin');
try {
  console.log(`Node ${process.version} on ${process.platform}-${process.arch}`);
  const manager = await BackgroundCopyManager.connect({ pollInterval: 250 });
  const job = await manager.createJob('dosvc demo');
  console.log(`Job ${job.id}: ${await job.getState()}`);

  await job.addFile(`http://127.0.0.1:${String(port)}/app.bin`, file);
  let next = 0;
  job.on('progress', ({ bytesTransferred, bytesTotal }) => {
    if (bytesTransferred < next && bytesTransferred !== bytesTotal) return;
    next = bytesTransferred + size / 10;
    const total = bytesTotal === null ? '' : ` of ${bytesTotal.toLocaleString('en')}`;
    console.log(`  ${bytesTransferred.toLocaleString('en')}${total} bytes`);
  });
  job.on('transferred', () => {
    console.log('  transferred');
  });
  await job.resume();
  await job.wait();
  console.log(`Job ${job.id}: ${await job.getState()}`);

  const { code } = await job.complete();
  console.log(`Completed: ${code}`);
  await manager.close();

  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const expected = createHash('sha256').update(content).digest('hex');
  const actual = hash.digest('hex');
  console.log(`${file}: ${statSync(file).size.toLocaleString('en')} bytes, SHA-256 ${actual}`);
  if (actual !== expected) throw new Error(`The server sent ${expected}.`);
} finally {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
