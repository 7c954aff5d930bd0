// SPDX-License-Identifier: MIT
// Closing a download or its manager: what later calls do, and what becomes of calls in progress.

import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Download } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { connect, it, reach } from '../stand-in/client/downloads.js';
import { slowlyInMiB } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const closed = { name: 'DosvcError', code: 'ERR_DOSVC_CLOSED', hresult: undefined };

const calls: [name: string, call: (download: Download) => Promise<unknown>][] = [
  ['start', (download) => download.start()],
  ['pause', (download) => download.pause()],
  ['abort', (download) => download.abort()],
  ['finalize', (download) => download.finalize()],
  ['getStatus', (download) => download.getStatus()],
  ['getProperty', (download) => download.getProperty('uri')],
  ['setProperty', (download) => download.setProperty('displayName', 'x')],
  ['wait', (download) => download.wait()],
  ['watch', (download) => download.watch().next()],
  ['stream', (download) => download.stream().toArray()],
];

describe.for<[what: string, close: (download: Download, close: () => Promise<void>) => unknown]>([
  ['the manager', (_download, close) => close()],
  ['the download', (download) => download[Symbol.asyncDispose]()],
])('after %s is closed', ([, close]) => {
  it.for(calls)('%s() rejects', async ([, call], { downloads, create }) => {
    const download = await create('http://127.0.0.1/file');
    await close(download, () => downloads.close());
    await expect(call(download)).rejects.toMatchObject(closed);
  });

  it('on() throws, and adds no listener', async ({ downloads, create }) => {
    const download = await create('http://127.0.0.1/file');
    await close(download, () => downloads.close());
    expect(() => download.on('status', () => undefined)).toThrow(
      expect.objectContaining(closed) as Error,
    );
    expect(download.listenerCount('status')).toBe(0);
  });

  it('invalid input is still reported as such', async ({ downloads, create }) => {
    const download = await create('http://127.0.0.1/file');
    await close(download, () => downloads.close());
    await expect(download.wait({ timeout: -1 })).rejects.toThrow(RangeError);
  });
});

/** Returns a stream whose reader has stopped, so that the service's write waits. */
async function held(download: Download): Promise<Readable> {
  const stream = download.stream();
  stream.once('data', () => stream.pause());
  await once(stream, 'data');
  await expect.poll(() => stream.readableLength).toBeGreaterThan(1 << 20);
  return stream;
}

async function failureOf(stream: Readable): Promise<unknown> {
  const [error] = (await once(stream, 'error')) as [unknown];
  return error;
}

describe('a stream ends, and its transfer with it,', () => {
  it('when the manager is closed', async ({ server, control }) => {
    const downloads = await connect();
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    const stream = await held(await downloads.createDownload({ uri }));
    const failure = awaitedLater(failureOf(stream));
    await downloads.close();
    expect(await failure).toMatchObject(closed);
    await expect.poll(() => control.count('downloads')).toBe(0);
  });

  it('when the download is disposed', async ({ server, control, downloads }) => {
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    const download = await downloads.createDownload({ uri });
    const failure = awaitedLater(failureOf(await held(download)));
    await download[Symbol.asyncDispose]();
    expect(await failure).toMatchObject(closed);
    expect(await control.count('downloads')).toBe(0);
  });

  it('when a detached or enumerated one is disposed', async ({ server, control, downloads }) => {
    for (const way of ['detached', 'enumerated']) {
      const uri = server.serve(way, { content: bytesOf(20_000_000) });
      const made = await downloads.createDownload({ uri });
      const [found] = await downloads.enumDownloads({ uri });
      const download = way === 'detached' ? made.detach() : found;
      if (download === undefined) throw new Error('it is not found');
      const failure = awaitedLater(failureOf(await held(download)));
      await download[Symbol.asyncDispose]();
      expect(await failure, way).toMatchObject(closed);
      await expect.poll(() => control.count('downloads')).toBe(0);
    }
  });
});

it('disposing waits for a hanging call no longer than for others', async ({ server, control }) => {
  const downloads = await connect(50, 1000);
  const uri = server.serve('file', slowlyInMiB());
  const download = await downloads.createDownload({ uri, localPath: 'C:\\never.bin' });
  await control.setFault('IDODownload::SetProperty', 'hang', 1);
  const hanging = awaitedLater(
    expect(download.setProperty('displayName', 'x')).rejects.toMatchObject({
      code: 'ERR_DOSVC_CALL_TIMEOUT',
    }),
  );
  await expect.poll(() => control.count('hanging')).toBe(1);
  await download[Symbol.asyncDispose]();
  await hanging;
  expect(await control.count('downloads')).toBe(0);
  await control.letGo();
  await downloads.close();
});

it('a call in progress settles after close()', async ({ server, downloads, create }) => {
  const download = await create(server.serve('file', { content: bytesOf(1000) }));
  await download.start();
  await reach(download, 'transferred');
  const status = awaitedLater(download.getStatus());
  await downloads.close();
  expect(await status).toMatchObject({ state: 'transferred' });
});
