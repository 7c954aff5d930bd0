// SPDX-License-Identifier: MIT
// Downloads through the library on the stand-in: from the first call to the finished file, and each
// call in each state.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DownloadError, type Download, type FileRange } from 'dosvc';
import { describe, expect } from 'vitest';
import { begins, it, reach } from '../stand-in/client/downloads.js';
import { held } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

const invalidState = { name: 'DosvcError', code: 'DO_E_INVALID_STATE', hresult: 0x80d02013 };

describe('a download', () => {
  it('fetches a file that appears when finalized', async ({ server, folder, path, create }) => {
    const content = bytesOf(3_000_000);
    const download = await create(server.serve('file', { content }));
    expect(await download.getStatus()).toEqual({
      state: 'created',
      bytesTotal: null,
      bytesTransferred: 0,
      error: null,
      errorCode: null,
      extendedError: null,
      extendedErrorCode: null,
      transient: false,
      waitingFor: null,
    });
    await download.start();
    await download.wait();
    const size = content.length;
    expect(await download.getStatus()).toMatchObject({ bytesTotal: size, bytesTransferred: size });
    expect(existsSync(path)).toBe(false);
    await download.finalize();
    expect((await download.getStatus()).state).toBe('finalized');
    expect(readdirSync(folder)).toEqual(['file.bin']);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('continues after a pause where it stopped', async ({ server, control, path, create }) => {
    await control.setSwitch('progress-step', 1);
    const served = held(1_000_000);
    const download = await create(server.serve('file', served));
    await download.start();
    await begins(download);
    await download.pause();
    const { bytesTransferred } = await reach(download, 'paused');
    expect(bytesTransferred).toBeLessThan(1_000_000);
    await download.start();
    server.letGo();
    await download.wait();
    expect(server.asked.at(-1)?.range).toBe(`bytes=${String(bytesTransferred)}-999999`);
    await download.finalize();
    expect(readFileSync(path).equals(served.content)).toBe(true);
  });

  it('is aborted at once, and leaves nothing behind', async ({
    server,
    folder,
    control,
    create,
  }) => {
    const download = await create(server.serve('file', held()));
    await download.start();
    await begins(download);
    await download.abort();
    expect((await download.getStatus()).state).toBe('aborted');
    expect(readdirSync(folder)).toEqual([]);
    expect(await control.count('downloads')).toBe(0);
  });

  it('creates a missing folder', async ({ server, folder, create }) => {
    const content = bytesOf(1000);
    const localPath = join(folder, 'one', 'two', 'file.bin');
    const download = await create(server.serve('file', { content }), { localPath });
    await download.start();
    await download.wait();
    await download.finalize();
    expect(readFileSync(localPath).equals(content)).toBe(true);
  });

  it('aborts another download that has the same target', async ({ server, path, create }) => {
    const first = await create(server.serve('first', held()));
    await first.start();
    await begins(first);
    await first.pause();
    const content = bytesOf(1000, 2);
    const second = await create(server.serve('second', { content }));
    await second.start();
    expect((await first.getStatus()).state).toBe('aborted');
    await second.wait();
    await second.finalize();
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('does not overwrite an existing file', async ({ server, path, create }) => {
    writeFileSync(path, 'before');
    const download = await create(server.serve('file', { content: bytesOf(1000) }));
    const failure: unknown = await (async () => {
      await download.start();
      await download.wait();
      await download.finalize();
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DosvcError', code: 'ERROR_ALREADY_EXISTS' });
    expect(readFileSync(path, 'utf8')).toBe('before');
  });
});

describe('ranges', () => {
  it('are fetched one after another', async ({ server, path, create }) => {
    const content = bytesOf(100_000);
    const ranges: FileRange[] = [
      { offset: 100, length: 50 },
      { offset: 1000, length: 7 },
      { offset: 90_000, length: 'toEnd' },
    ];
    const download = await create(server.serve('file', { content }));
    await download.start(ranges);
    await download.wait();
    await download.finalize();
    const wanted = [content.subarray(100, 150), content.subarray(1000, 1007)];
    wanted.push(content.subarray(90_000));
    expect(readFileSync(path).equals(Buffer.concat(wanted))).toBe(true);
  });

  it('in an empty list mean the whole file', async ({ server, path, create }) => {
    const content = bytesOf(5000);
    const download = await create(server.serve('file', { content }));
    await download.start([]);
    await download.wait();
    await download.finalize();
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('that are null at first mean the whole file', async ({ server, path, create }) => {
    const content = bytesOf(5000);
    const download = await create(server.serve('file', { content }));
    await download.start(null);
    await download.wait();
    await download.finalize();
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('fail with a DownloadError if the server supports none', async ({ server, create }) => {
    const download = await create(
      server.serve('file', { content: bytesOf(10_000), ranges: false }),
    );
    await download.start([{ offset: 100, length: 50 }]);
    const failure: unknown = await download.wait().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DownloadError);
    expect(failure).toMatchObject({
      code: 'DO_E_INSUFFICIENT_RANGE_SUPPORT',
      hresult: 0x80d05011,
    });
  });

  it('beyond the end of the file are invalid', async ({ server, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(100) }));
    await download.start([{ offset: 5000, length: 50 }]);
    await expect(download.wait()).rejects.toMatchObject({ code: 'DO_E_INVALID_RANGE' });
    expect(await download.getStatus()).toMatchObject({ state: 'paused' });
  });
});

describe('a start', () => {
  it('continues what another object of the download began', async ({
    server,
    control,
    downloads,
    create,
  }) => {
    await control.setSwitch('progress-step', 1);
    const download = await create(server.serve('file', held(1_000_000)));
    const [again] = await downloads.enumDownloads({ id: download.id });
    await again?.start();
    await begins(download);
    await again?.pause();
    const { bytesTransferred } = await reach(download, 'paused');
    await download.start();
    server.letGo();
    await download.wait();
    expect(server.asked.at(-1)?.range).toBe(`bytes=${String(bytesTransferred)}-999999`);
  });

  it('keeps its place in the order of calls', async ({ server, downloads, create }) => {
    const { id } = await create(server.serve('file', held()));
    const [found] = await downloads.enumDownloads({ id });
    await Promise.all([found?.start(), found?.pause()]);
    expect(await found?.getStatus()).toMatchObject({ state: 'paused', error: null });
  });

  it.for(['die-before', 'die-after'] as const)(
    'that may have run is checked by the next start: %s',
    async (fault, { server, control, create }) => {
      const uri = server.serve('file', held());
      const download = await create(uri, { nonVolatile: true });
      await control.setFault('IDODownload::Start', fault, 1);
      await expect(download.start()).rejects.toMatchObject({ mayHaveRun: true });
      if ((await download.getStatus()).state !== 'transferring') await download.start();
      await begins(download);
      await download.pause();
      await download.start();
      server.letGo();
      await download.wait();
      expect((await download.getStatus()).bytesTransferred).toBe(6 << 20);
    },
  );
});

describe('a call that the state does not allow is refused', () => {
  const calls = {
    start: (download: Download) => download.start(),
    pause: (download: Download) => download.pause(),
    abort: (download: Download) => download.abort(),
    finalize: (download: Download) => download.finalize(),
  };
  type Name = keyof typeof calls;

  it.for<[state: string, calls: Name[]]>([
    ['created', ['pause', 'finalize']],
    ['transferring', ['finalize']],
    ['finalized', ['start', 'pause', 'abort', 'finalize']],
    ['aborted', ['start', 'pause', 'abort', 'finalize']],
  ])('in state %s', async ([state, refused], { server, create }) => {
    const isSlow = state === 'transferring';
    const served = isSlow ? held() : { content: bytesOf(1000) };
    const download = await create(server.serve('file', served));
    if (state !== 'created') await download.start();
    if (state === 'finalized') await download.wait();
    if (state === 'finalized') await download.finalize();
    if (state === 'aborted') await download.abort();
    await reach(download, state);
    for (const name of refused) {
      await expect(calls[name](download), name).rejects.toMatchObject(invalidState);
    }
  });
});

describe('a start without', () => {
  it('an address is refused', async ({ downloads, path }) => {
    const download = await downloads.createDownload({ localPath: path });
    await expect(download.start()).rejects.toMatchObject({ code: 'DO_E_DOWNLOAD_NO_URI' });
  });

  it('a target is refused', async ({ downloads, server }) => {
    const uri = server.serve('file', { content: bytesOf(10) });
    const download = await downloads.createDownload({ uri });
    await expect(download.start()).rejects.toMatchObject({
      code: 'DO_E_FILE_DOWNLOADSINK_UNSPECIFIED',
    });
  });
});

describe('disposing', () => {
  it('finalizes a transferred download', async ({ server, path, create }) => {
    const content = bytesOf(1000);
    const download = await create(server.serve('file', { content }));
    await download.start();
    await download.wait();
    await download[Symbol.asyncDispose]();
    expect(readFileSync(path).equals(content)).toBe(true);
    await expect(download.getStatus()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });

  it('aborts a download that is not transferred', async ({ server, folder, control, create }) => {
    const download = await create(server.serve('file', held()));
    await download.start();
    await begins(download);
    await download[Symbol.asyncDispose]();
    expect(await control.count('downloads')).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('changes nothing if the download has ended', async ({ server, path, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(1000) }));
    await download.start();
    await download.wait();
    await download.finalize();
    await download[Symbol.asyncDispose]();
    expect(existsSync(path)).toBe(true);
  });

  it('only releases a detached download', async ({ server, downloads, create }) => {
    const download = await create(server.serve('file', held()));
    await download.start();
    expect(download.detach()).toBe(download);
    await download[Symbol.asyncDispose]();
    const [again] = await downloads.enumDownloads({ id: download.id });
    expect((await again?.getStatus())?.state).toBe('transferring');
  });

  it('only releases an enumerated download', async ({ server, downloads, create }) => {
    const download = await create(server.serve('file', held()));
    await download.start();
    const [again] = await downloads.enumDownloads({ id: download.id });
    await again?.[Symbol.asyncDispose]();
    expect((await download.getStatus()).state).toBe('transferring');
  });
});
