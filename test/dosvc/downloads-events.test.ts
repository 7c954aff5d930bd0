// SPDX-License-Identifier: MIT
// A download's status as the library tells it: from callbacks that come, come twice, late or never,
// and from looks at it.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DownloadError, type Download, type DownloadStatus, type WaitReason } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../service/awaited-later.js';
import { begins, connect, it, reach } from './downloads.js';
import { slowly } from './fixtures.js';
import { release, type Pointer } from '../service/vtable.js';
import { enumerate, next, Property } from './raw/download.js';
import { StatusSink } from './raw/status-sink.js';
import { bytesOf } from './transfer/range-server.js';

/** Everything that is told from now on. */
function listen(download: Download): DownloadStatus[] {
  const told: DownloadStatus[] = [];
  download.on('status', (status) => told.push(status));
  return told;
}

function statesOf(told: DownloadStatus[]) {
  return told.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);
}

const never = 600_000;
const calls = 'calls IDODownloadStatusCallback::OnStatusChange';

describe("'status'", () => {
  it('comes from callbacks alone, each change once', async ({ server, control, path }) => {
    const downloads = await connect(never);
    const uri = server.serve('file', slowly(1_000_000));
    const download = await downloads.createDownload({ uri, localPath: path });
    const before = await control.count(calls);
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.hurry();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    await download.finalize();
    await expect.poll(() => told.at(-1)?.state).toBe('finalized');
    expect(statesOf(told)).toEqual(['created', 'transferring', 'transferred', 'finalized']);
    const bytes = told.map(({ bytesTransferred }) => bytesTransferred);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(told.length);
    expect((await control.count(calls)) - before).toBeGreaterThanOrEqual(3);
    await downloads.close();
  });

  it('comes from the slow poll where callbacks are lost', async ({ server, control, create }) => {
    await control.setSwitch('drop-callbacks', 1);
    const download = await create(server.serve('file', slowly(1_000_000)));
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.hurry();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    expect(statesOf(told)).toEqual(['created', 'transferring', 'transferred']);
  });

  it('comes once where callbacks come twice', async ({ server, control, create }) => {
    await control.setSwitch('double-callbacks', 1);
    const download = await create(server.serve('file', slowly(500_000)));
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.hurry();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    await sleep(200);
    expect(statesOf(told)).toEqual(['created', 'transferring', 'transferred']);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(told.length);
  });

  it('ends with what is so where callbacks are late', async ({ server, control, create }) => {
    await control.setSwitch('late-callbacks', 300);
    const download = await create(server.serve('file', { content: bytesOf(1000) }));
    const told = listen(download);
    await download.start();
    await download.wait();
    await sleep(1000);
    expect(told.at(-1)?.state).toBe('transferred');
  });

  it('is heard by a listener that comes late', async ({ server, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(1000) }));
    await download.start();
    await reach(download, 'transferred');
    const told = listen(download);
    await expect.poll(() => statesOf(told)).toEqual(['transferred']);
  });

  it('of what has ended is the end, without a warning', async ({ server, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(1000) }));
    await download.start();
    await download.wait();
    await download.finalize();
    const warnings: unknown[] = [];
    download.on('warning', (warning) => warnings.push(warning));
    const told = listen(download);
    await expect.poll(() => statesOf(told)).toEqual(['finalized']);
    await download.getStatus();
    expect(warnings).toEqual([]);
  });

  it('keeps its callback where one object takes over from another', async ({
    control,
    downloads,
    create,
  }) => {
    const download = await create('http://127.0.0.1/file');
    const [again] = await downloads.enumDownloads({ id: download.id });
    if (again === undefined) throw new Error('it is not found');
    const hear = () => undefined;
    download.on('status', hear);
    await download.getStatus();
    await control.setFault('IDODownload::SetProperty', { delay: 300 }, 1);
    download.off('status', hear);
    again.on('status', hear);
    await again.getStatus();
    await download.getStatus();
    expect(await again.getProperty('callbackInterface')).toBe('ours');
  });

  it('reaches both objects of one download, and both managers', async ({
    server,
    downloads,
    create,
  }) => {
    const other = await connect();
    const download = await create(server.serve('file', slowly(500_000)));
    const filter = { id: download.id };
    const all = [download, ...(await downloads.enumDownloads(filter))];
    all.push(...(await other.enumDownloads(filter)));
    expect(all).toHaveLength(3);
    const told = all.map(listen);
    await download.start();
    await begins(download);
    server.hurry();
    for (const one of told) await expect.poll(() => one.at(-1)?.state).toBe('transferred');
    await other.close();
    await download.finalize();
    await expect.poll(() => told[0]?.at(-1)?.state).toBe('finalized');
    await expect.poll(() => told[1]?.at(-1)?.state).toBe('finalized');
    expect(told[2]?.at(-1)?.state).toBe('transferred');
  });

  it('goes on by callbacks when the object that set the callback goes', async ({
    server,
    create,
  }) => {
    const download = await create(server.serve('file', slowly(1_000_000)));
    const other = await connect(never);
    const [again] = await other.enumDownloads({ id: download.id });
    if (again === undefined) throw new Error('it is not found');
    const first = listen(download);
    await expect.poll(() => first.length).toBe(1);
    const told = listen(again);
    await expect.poll(() => told.length).toBe(1);
    await download.detach()[Symbol.asyncDispose]();
    await again.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.hurry();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    expect(first).toHaveLength(1);
    await other.close();
  });

  it('is not heard any more after off(), and the service calls nobody', async ({
    server,
    control,
    create,
  }) => {
    const download = await create(server.serve('file', slowly(500_000)));
    const told: DownloadStatus[] = [];
    const hear = (status: DownloadStatus) => told.push(status);
    download.on('status', hear);
    await expect.poll(() => told.length).toBe(1);
    download.off('status', hear);
    await download.getStatus();
    const before = await control.count(calls);
    await download.start();
    await begins(download);
    server.hurry();
    await reach(download, 'transferred');
    expect(told).toHaveLength(1);
    expect(await control.count(calls)).toBe(before);
  });

  it('says so once where the service refuses, and goes on', async ({ server, control, create }) => {
    const download = await create(server.serve('file', slowly(500_000)));
    await control.setFault('IDODownload::SetProperty', { fail: 0x80070005 }, 1);
    const warnings: unknown[] = [];
    download.on('warning', (warning) => warnings.push(warning));
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.hurry();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'E_ACCESSDENIED',
        hresult: 0x80070005,
        operation: 'IDODownload::SetProperty',
      }),
    ]);
  });
});

describe('a look', () => {
  const getStatus = 'IDODownload::GetStatus';

  it('that fails once ends no wait() and no stream', async ({
    server,
    control,
    downloads,
    create,
  }) => {
    for (const fail of [0x800706bb, 0x8007000e]) {
      const served = slowly(500_000);
      const download = await create(server.serve(`file-${String(fail)}`, served));
      await download.start();
      await control.setFault(getStatus, { fail }, 1);
      server.hurry();
      await download.wait();
      await download.abort();

      const uri = server.serve(`stream-${String(fail)}`, served);
      const streamed = await downloads.createDownload({ uri });
      const pieces: Buffer[] = [];
      const stream = streamed.stream();
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      await begins(streamed);
      await control.setFault(getStatus, { fail }, 1);
      server.hurry();
      await once(stream, 'end');
      expect(Buffer.concat(pieces).equals(served.content)).toBe(true);
    }
  });

  it('that fails again and again is told', async ({ server, control, create }) => {
    const download = await create(server.serve('file', slowly(1_000_000)));
    const warnings: unknown[] = [];
    download.on('warning', ({ code }) => warnings.push(code));
    download.on('status', () => undefined);
    await download.start();
    await control.setFault(getStatus, { fail: 0x8007000e });
    await expect(download.wait()).rejects.toMatchObject({ code: 'E_OUTOFMEMORY' });
    expect(warnings).toEqual(['E_OUTOFMEMORY']);
    await control.clearFault(getStatus);
    server.hurry();
    await download.wait();
  });
});

describe('a download that waits', () => {
  it.for<[hresult: number, waitingFor: WaitReason, words: RegExp]>([
    [0x80d03801, 'cost', /waits because the cost policy/],
    [0x80d03803, 'cellular', /may not use a cellular network/],
    [0x80d03804, 'power', /plugged in/],
    [0x80d03805, 'network', /waits because there is no network/],
    [0x80d03807, 'vpn', /VPN/],
    [0x80d03808, 'memory', /memory/],
  ])(
    '%i: for %s, says so, and goes on',
    async ([hresult, reason, words], { server, control, create }) => {
      const download = await create(server.serve('file', slowly(500_000)));
      await download.start();
      await begins(download);
      await control.setSwitch('waiting', hresult);
      const waiting = await reach(download, 'paused');
      expect(waiting).toMatchObject({ error: null, transient: true, waitingFor: reason });
      expect(waiting.extendedError).toMatchObject({ hresult });
      expect(waiting.extendedError?.message).toMatch(words);
      const done = awaitedLater(download.wait());
      await control.setSwitch('waiting', 0);
      server.hurry();
      await done;
    },
  );
});

describe('wait()', () => {
  it('rejects with the failure, in words', async ({ server, create }) => {
    const uri = `${server.serve('file', { content: bytesOf(10) })}-that-is-not-there`;
    const download = await create(uri);
    await download.start();
    const failure: unknown = await download.wait().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DownloadError);
    expect(failure).toMatchObject({ hresult: 0x80190194, httpStatus: 404 });
    expect((failure as DownloadError).message).toMatch(/^The download failed\. /);
    const status = await download.getStatus();
    expect(status).toMatchObject({ state: 'paused', transient: false, waitingFor: null });
    expect(status.error).toMatchObject({ hresult: 0x80190194 });
  });

  it('goes on after a failure that was mended', async ({ server, create }) => {
    const served = { content: bytesOf(1000), statuses: [404, 404, 404, 404] };
    const download = await create(server.serve('file', served));
    await download.start();
    await expect(download.wait()).rejects.toMatchObject({ httpStatus: 404 });
    served.statuses = [];
    await download.start();
    await download.wait();
  });

  it('waits through a pause', async ({ server, create }) => {
    const download = await create(server.serve('file', slowly(500_000)));
    await download.start();
    const done = awaitedLater(download.wait());
    await begins(download);
    await download.pause();
    await reach(download, 'paused');
    await download.start();
    server.hurry();
    await done;
  });

  it.for(['abort', 'finalize'] as const)(
    'rejects where somebody else called %s',
    async (call, { server, create }) => {
      const served = call === 'abort' ? slowly(1_000_000) : { content: bytesOf(100) };
      const download = await create(server.serve('file', served));
      await download.start();
      if (call === 'finalize') await reach(download, 'transferred');
      if (call === 'finalize') await download.finalize();
      const done = awaitedLater(download.wait());
      if (call === 'abort') await download.abort();
      await expect(done).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' });
    },
  );

  it('ends by its timeout, by a stall, by the signal, and with the manager', async ({
    server,
    downloads,
    create,
  }) => {
    const download = await create(server.serve('file', { content: bytesOf(100_000), stall: 1000 }));
    await download.start();
    await expect(download.wait({ timeout: 50 })).rejects.toMatchObject({
      code: 'ERR_DOSVC_TIMEOUT',
    });
    await expect(download.wait({ stallTimeout: 300 })).rejects.toMatchObject({
      code: 'ERR_DOSVC_STALLED',
    });
    await expect(download.wait({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: 'ABORT_ERR',
    });
    const done = awaitedLater(download.wait());
    await downloads.close();
    await expect(done).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });
});

describe('watch()', () => {
  it('gives each status until all is there', async ({ server, create }) => {
    const download = await create(server.serve('file', slowly(1_000_000)));
    await download.start();
    const seen: DownloadStatus[] = [];
    for await (const status of download.watch()) {
      seen.push(status);
      if (seen.length === 3) server.hurry();
    }
    expect(seen.at(-1)).toMatchObject({ state: 'transferred', bytesTransferred: 1_000_000 });
    expect(seen.length).toBeGreaterThan(2);
  });
});

describe('a callback that was replaced', () => {
  it('by another process gets no more calls, and its listeners live on the poll', async ({
    server,
    create,
  }) => {
    const download = await create(server.serve('file', slowly(1_000_000)));
    const told = listen(download);
    await expect.poll(() => told.length).toBe(1);
    expect(await download.getProperty('callbackInterface')).toBe('ours');
    const sink = new StatusSink();
    const enumerator = await enumerate([Property.Id, (await download.getProperty('id')) ?? '']);
    const raw = await next(enumerator as Pointer);
    await raw?.set(Property.CallbackInterface, sink.variant);
    expect(await download.getProperty('callbackInterface')).toBe('foreign');
    await download.start();
    await expect.poll(() => sink.states).toContain('transferring');
    server.hurry();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    await expect.poll(() => sink.states).toContain('transferred');
    raw?.release();
    release(enumerator as Pointer);
  });
});
