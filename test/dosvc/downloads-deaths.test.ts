// SPDX-License-Identifier: MIT
// The service dies while it is in use: downloads that are lost with it report so, those that outlive
// it are re-fetched, and calls that hang or take long hold up nothing else.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Download, DownloadStatus } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { killService } from '../stand-in/client/death.js';
import { begins, connect, it, reach } from '../stand-in/client/downloads.js';
import { held } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const wentAlong = {
  name: 'DosvcError',
  code: 'DO_E_NO_DOWNLOADS',
  message: expect.stringMatching(/restarted.*nonVolatile/) as string,
};

describe('a volatile download', () => {
  it('is lost with the service, and reports so', async ({ server, downloads, create }) => {
    const download = await create(server.serve('file', held()));
    await download.start();
    await begins(download);
    await killService();
    await expect(download.getStatus()).rejects.toMatchObject(wentAlong);
    await expect(download.pause()).rejects.toMatchObject(wentAlong);
    await expect(download.wait()).rejects.toMatchObject(wentAlong);
    expect(await downloads.enumDownloads()).toEqual([]);
    await download[Symbol.asyncDispose]();
  });

  it('makes wait() reject, and warns its listeners', async ({ server, create }) => {
    const download = await create(server.serve('file', held()));
    const warnings: unknown[] = [];
    download.on('warning', ({ code }) => warnings.push(code));
    download.on('status', () => undefined);
    await download.start();
    const done = awaitedLater(download.wait());
    await begins(download);
    await killService();
    await expect(done).rejects.toMatchObject(wentAlong);
    await expect.poll(() => warnings).toEqual(['DO_E_NO_DOWNLOADS']);
  });

  it('ends its stream with an error', async ({ server, downloads }) => {
    const uri = server.serve('file', held());
    const download = await downloads.createDownload({ uri });
    const stream: Readable = download.stream();
    const ended = new Promise((resolve) => stream.once('error', resolve));
    stream.resume();
    await reach(download, 'transferring');
    await killService();
    expect(await ended).toMatchObject({ name: 'DosvcError' });
  });
});

describe('a nonvolatile download', () => {
  it('is re-fetched, continues, and emits its status', async ({ server, path, create }) => {
    const served = held();
    const download = await create(server.serve('file', served), { nonVolatile: true });
    const told: DownloadStatus[] = [];
    download.on('status', (status) => told.push(status));
    await download.start();
    await begins(download);
    await killService();
    const { state } = await download.getStatus();
    if (state === 'paused') await download.start();
    server.letGo();
    await download.wait();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    await download.finalize();
    expect(readFileSync(path).equals(served.content)).toBe(true);
  });

  it('is found by its id', async ({ server, create }) => {
    const uri = server.serve('file', { content: bytesOf(1000) });
    const { id } = await create(uri, { nonVolatile: true });
    await killService();
    const later = await connect();
    const found = await later.enumDownloads({ id });
    expect(found.map((one) => one.id)).toEqual([id]);
    expect(await found[0]?.getProperty('uri')).toBe(uri);
    await later.close();
  });
});

describe('a call', () => {
  it('that kills the service reports that it may have run', async ({ server, control, create }) => {
    const download = await create(server.serve('file', held()));
    await control.setFault('IDODownload::Start', 'die-after', 1);
    await expect(download.start()).rejects.toMatchObject({
      name: 'DosvcError',
      operation: 'IDODownload::Start',
      mayHaveRun: true,
    });
  });

  it('that hangs holds up only its own download, and abort() overtakes it', async ({
    server,
    control,
    create,
    folder,
  }) => {
    const uri = server.serve('file', { content: bytesOf(1000) });
    const hanging = await create(uri);
    await control.setFault('IDODownload::Start', 'hang', 1);
    const started = hanging.start().catch((error: unknown) => error);
    await expect.poll(() => control.count('hanging')).toBe(1);
    const other = await create(uri, { localPath: join(folder, 'other.bin') });
    await other.start();
    await other.wait();
    await hanging.abort();
    expect((await other.getStatus()).state).toBe('transferred');
    await control.letGo();
    await started;
    expect((await hanging.getStatus()).state).toBe('aborted');
  });

  const calls: [row: string, call: (download: Download) => Promise<unknown>][] = [
    ['Start', (download) => download.start()],
    ['Pause', (download) => download.pause()],
    ['Abort', (download) => download.abort()],
    ['Finalize', (download) => download.finalize()],
    ['GetStatus', (download) => download.getStatus()],
    ['GetProperty', (download) => download.getProperty('uri')],
    ['SetProperty', (download) => download.setProperty('displayName', 'x')],
  ];
  it.for(calls)(
    'of %s rejects with the error that the service returns',
    async ([row, call], { control, create }) => {
      const download = await create('http://127.0.0.1/file');
      await control.setFault(`IDODownload::${row}`, { fail: 0x80070005 }, 1);
      await expect(call(download)).rejects.toMatchObject({
        code: 'E_ACCESSDENIED',
        operation: `IDODownload::${row}`,
      });
    },
  );
});
