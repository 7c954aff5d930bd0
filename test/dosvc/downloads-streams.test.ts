// SPDX-License-Identifier: MIT
// Downloads as Node streams, fed by the stand-in's writes: complete, in order, held while the reader
// does not read, and ended from either side.

import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Download } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { begins, it, reach } from '../stand-in/client/downloads.js';
import { held, slowlyInMiB } from '../stand-in/client/fixtures.js';
import { release, type Pointer } from '../com/vtable.js';
import { enumerate, next, Property } from './raw/download.js';
import { StreamSink } from './raw/stream-sink.js';
import { bytesOf } from '../http/served.js';

/** A limit of what is ahead of the reader: the library's and the stream's buffers, and one write. */
const mostAhead = 4 << 20;

async function read(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function failureOf(stream: Readable): Promise<unknown> {
  try {
    await read(stream);
  } catch (error) {
    return error;
  }
  throw new Error('The stream ended well.');
}

describe('a stream', () => {
  it('delivers the whole file, and finalizes the download', async ({
    server,
    control,
    downloads,
  }) => {
    const content = bytesOf(5_000_001);
    const download = await downloads.createDownload({ uri: server.serve('file', { content }) });
    expect((await read(download.stream())).equals(content)).toBe(true);
    expect((await download.getStatus()).state).toBe('finalized');
    expect(await control.count('downloads')).toBe(0);
  });

  it('delivers ranges', async ({ server, downloads }) => {
    const content = bytesOf(100_000);
    const download = await downloads.createDownload({ uri: server.serve('file', { content }) });
    const stream = download.stream({
      ranges: [
        { offset: 10, length: 5 },
        { offset: 99_000, length: 'toEnd' },
      ],
    });
    const wanted = Buffer.concat([content.subarray(10, 15), content.subarray(99_000)]);
    expect((await read(stream)).equals(wanted)).toBe(true);
  });

  it('starts with the first read, not before', async ({ server, downloads }) => {
    const uri = server.serve('file', { content: bytesOf(1000) });
    const download = await downloads.createDownload({ uri });
    const stream = download.stream();
    await sleep(200);
    expect((await download.getStatus()).state).toBe('created');
    expect(server.asked).toEqual([]);
    stream.resume();
    await once(stream, 'end');
    expect((await download.getStatus()).state).toBe('finalized');
  });

  it('can be piped into a file with pipeline()', async ({ server, downloads, path }) => {
    const content = bytesOf(3_000_000);
    const download = await downloads.createDownload({ uri: server.serve('file', { content }) });
    await pipeline(download.stream(), createWriteStream(path));
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('can be converted to a web stream', async ({ server, downloads }) => {
    const content = bytesOf(300_000);
    const download = await downloads.createDownload({ uri: server.serve('file', { content }) });
    const pieces: Uint8Array[] = [];
    const web = Readable.toWeb(download.stream()) as unknown as AsyncIterable<Uint8Array>;
    for await (const piece of web) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
  });

  it('of a download with a path fails, and leaves it unchanged', async ({ server, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(10) }));
    expect(await failureOf(download.stream())).toMatchObject({
      name: 'DosvcError',
      code: 'DO_E_FILE_DOWNLOADSINK_ALREADY_SET',
    });
    expect((await download.getStatus()).state).toBe('created');
  });

  it('is one at a time for a download, on any of its objects', async ({ server, downloads }) => {
    const served = held();
    const download = await downloads.createDownload({ uri: server.serve('file', served) });
    const [again] = await downloads.enumDownloads({ id: download.id });
    if (again === undefined) throw new Error('it is not found');
    const first = awaitedLater(read(download.stream()));
    await reach(download, 'transferring');
    for (const one of [download, again]) {
      expect(await failureOf(one.stream())).toMatchObject({ code: 'DO_E_INVALID_STATE' });
    }
    server.letGo();
    expect((await first).equals(served.content)).toBe(true);
  });

  it('accepts no other ranges while it is read, and continues after a pause', async ({
    server,
    downloads,
  }) => {
    const served = held();
    const download = await downloads.createDownload({ uri: server.serve('file', served) });
    const all = awaitedLater(read(download.stream()));
    await begins(download);
    await download.pause();
    await expect(download.start([{ offset: 9, length: 'toEnd' }])).rejects.toMatchObject({
      code: 'DO_E_INVALID_STATE',
    });
    await expect(download.start([])).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' });
    await download.start();
    server.letGo();
    expect((await all).equals(served.content)).toBe(true);
  });

  it('that another process took over ends with an error', async ({ server, downloads }) => {
    const served = held();
    const download = await downloads.createDownload({ uri: server.serve('file', served) });
    const failure = awaitedLater(failureOf(download.stream()));
    await begins(download);
    await download.pause();
    const other = new StreamSink();
    const enumerator = await enumerate([Property.Uri, (await download.getProperty('uri')) ?? '']);
    const raw = await next(enumerator as Pointer);
    await raw?.set(Property.StreamInterface, other.variant);
    await download.start();
    server.letGo();
    expect(await failure).toMatchObject({
      code: 'DO_E_INVALID_STATE',
      message: expect.stringContaining('Another process') as string,
    });
    expect(other.bytes.length).toBeGreaterThan(0);
    raw?.release();
    release(enumerator as Pointer);
  });

  it('that does not start leaves the download as it was', async ({
    server,
    control,
    downloads,
  }) => {
    const content = bytesOf(1000);
    const download = await downloads.createDownload({ uri: server.serve('file', { content }) });
    await control.setFault('IDODownload::Start', { fail: 0x80070005 }, 1);
    expect(await failureOf(download.stream())).toMatchObject({ code: 'E_ACCESSDENIED' });
    const gaveUp = download.stream({ signal: AbortSignal.abort() });
    await expect(read(gaveUp)).rejects.toMatchObject({ name: 'AbortError' });
    expect((await download.getStatus()).state).toBe('created');
    expect((await read(download.stream())).equals(content)).toBe(true);
  });

  it('fails with the error of the download', async ({ server, downloads }) => {
    const uri = `${server.serve('file', { content: bytesOf(10) })}-that-is-not-there`;
    const download = await downloads.createDownload({ uri });
    expect(await failureOf(download.stream())).toMatchObject({
      name: 'DownloadError',
      httpStatus: 404,
    });
    expect((await download.getStatus()).state).toBe('aborted');
  });
});

describe('a reader that is slow', () => {
  it('makes the service wait, and gets the whole file', async ({ server, control, downloads }) => {
    const content = bytesOf(8_000_000);
    const download = await downloads.createDownload({ uri: server.serve('file', { content }) });
    const stream = download.stream();
    const first = await once(
      stream.once('readable', () => undefined),
      'readable',
    ).then(() => stream.read(1000) as Buffer);
    let before = -1;
    let now = 0;
    while (now !== before) {
      await sleep(300);
      before = now;
      now = await control.count('calls ISequentialStream::Write');
    }
    const { state, bytesTransferred } = await download.getStatus();
    expect(state).toBe('transferring');
    expect(bytesTransferred).toBeLessThan(mostAhead);
    expect(Buffer.concat([first, await read(stream)]).equals(content)).toBe(true);
  });
});

describe('a streamed download is aborted', () => {
  async function held(download: Download): Promise<Readable> {
    const stream = download.stream();
    stream.once('data', () => stream.pause());
    await once(stream, 'data');
    await sleep(200);
    return stream;
  }

  it('with its stream, even while a write is held', async ({ server, control, downloads }) => {
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    const download = await downloads.createDownload({ uri });
    const stream = await held(download);
    stream.destroy();
    await once(stream, 'close');
    await expect.poll(async () => (await download.getStatus()).state).toBe('aborted');
    expect(await control.count('downloads')).toBe(0);
  });

  it('by the signal', async ({ server, downloads }) => {
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    const download = await downloads.createDownload({ uri });
    const controller = new AbortController();
    const stream = download.stream({ signal: controller.signal });
    const failure = awaitedLater(failureOf(stream));
    await reach(download, 'transferring');
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await failure).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: reason });
    await expect.poll(async () => (await download.getStatus()).state).toBe('aborted');
  });

  it('when the other end of its pipeline fails', async ({ server, downloads }) => {
    const uri = server.serve('file', { content: bytesOf(5_000_000) });
    const download = await downloads.createDownload({ uri });
    const full = new Writable({
      write: (_chunk, _encoding, done) => {
        done(new Error('no space'));
      },
    });
    await expect(pipeline(download.stream(), full)).rejects.toThrow('no space');
    await expect.poll(async () => (await download.getStatus()).state).toBe('aborted');
  });

  it('by abort(), which ends the stream', async ({ server, downloads }) => {
    const served = slowlyInMiB();
    const download = await downloads.createDownload({ uri: server.serve('file', served) });
    const failure = awaitedLater(failureOf(download.stream()));
    await reach(download, 'transferring');
    await download.abort();
    expect(await failure).toMatchObject({ code: 'DO_E_INVALID_STATE' });
  });
});
