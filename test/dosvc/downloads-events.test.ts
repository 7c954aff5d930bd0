// SPDX-License-Identifier: MIT
// The status events of a download: from callbacks that arrive once, twice, late or never, and from
// looks.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Download, DownloadStatus } from 'dosvc';
import { describe, expect } from 'vitest';
import { begins, connect, it, reach } from '../stand-in/client/downloads.js';
import { held, slowlyInMiB } from '../stand-in/client/fixtures.js';
import { release, type Pointer } from '../com/vtable.js';
import { enumerate, next, Property } from './raw/download.js';
import { StatusSink } from './raw/status-sink.js';
import { bytesOf } from '../http/served.js';

/** Records every status that is emitted from now on. */
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
  it('is emitted from callbacks alone, once per change', async ({ server, control, path }) => {
    const downloads = await connect(never);
    const uri = server.serve('file', slowlyInMiB());
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

  it('is emitted from the poll when callbacks are lost', async ({ server, control, create }) => {
    await control.setSwitch('drop-callbacks', 1);
    const download = await create(server.serve('file', held()));
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.letGo();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    expect(statesOf(told)).toEqual(['created', 'transferring', 'transferred']);
  });

  it('is emitted once when callbacks arrive twice', async ({ server, control, create }) => {
    await control.setSwitch('double-callbacks', 1);
    const download = await create(server.serve('file', held()));
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.letGo();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    await sleep(200);
    expect(statesOf(told)).toEqual(['created', 'transferring', 'transferred']);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(told.length);
  });

  it('keeps the total when a callback from before it was known is late', async ({
    server,
    control,
    create,
  }) => {
    await control.setSwitch('late-callbacks', 300);
    const before = await control.count('callbacks-told');
    const uri = server.serve('file', { content: bytesOf(100_000), hold: 1000 });
    const download = await create(uri);
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTotal).toBe(100_000);
    await expect.poll(() => control.count('callbacks-told')).toBeGreaterThan(before);
    server.letGo();
    await download.wait();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    const totals = told.map(({ bytesTotal }) => bytesTotal);
    expect(totals.slice(totals.indexOf(100_000))).not.toContain(null);
  });

  it('ends with the actual state when callbacks are late', async ({ server, control, create }) => {
    await control.setSwitch('late-callbacks', 300);
    const download = await create(server.serve('file', { content: bytesOf(1000) }));
    const told = listen(download);
    await download.start();
    await download.wait();
    await sleep(1000);
    expect(told.at(-1)?.state).toBe('transferred');
  });

  it('reaches a listener that is added late', async ({ server, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(1000) }));
    await download.start();
    await reach(download, 'transferred');
    const told = listen(download);
    await expect.poll(() => statesOf(told)).toEqual(['transferred']);
  });

  it('of an ended download is its final state, without a warning', async ({ server, create }) => {
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

  it('keeps its callback when one object takes over from another', async ({
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

  it('reaches every object of one download, in both managers', async ({
    server,
    downloads,
    create,
  }) => {
    const other = await connect();
    const download = await create(server.serve('file', held()));
    const filter = { id: download.id };
    const all = [download, ...(await downloads.enumDownloads(filter))];
    all.push(...(await other.enumDownloads(filter)));
    expect(all).toHaveLength(3);
    const told = all.map(listen);
    await download.start();
    await begins(download);
    server.letGo();
    for (const one of told) await expect.poll(() => one.at(-1)?.state).toBe('transferred');
    await other.close();
    await download.finalize();
    await expect.poll(() => told[0]?.at(-1)?.state).toBe('finalized');
    await expect.poll(() => told[1]?.at(-1)?.state).toBe('finalized');
    expect(told[2]?.at(-1)?.state).toBe('transferred');
  });

  it('is still emitted from callbacks after the object that set them is closed', async ({
    server,
    create,
  }) => {
    const download = await create(server.serve('file', slowlyInMiB()));
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

  it('is not emitted after off(), and the service makes no more callbacks', async ({
    server,
    control,
    create,
  }) => {
    const download = await create(server.serve('file', held()));
    const told: DownloadStatus[] = [];
    const hear = (status: DownloadStatus) => told.push(status);
    download.on('status', hear);
    await expect.poll(() => told.length).toBe(1);
    download.off('status', hear);
    await download.getStatus();
    const before = await control.count(calls);
    await download.start();
    await begins(download);
    server.letGo();
    await reach(download, 'transferred');
    expect(told).toHaveLength(1);
    expect(await control.count(calls)).toBe(before);
  });

  it('goes on, with one warning, if a callback is refused', async ({ server, control, create }) => {
    const download = await create(server.serve('file', held()));
    await control.setFault('IDODownload::SetProperty', { fail: 0x80070005 }, 1);
    const warnings: unknown[] = [];
    download.on('warning', (warning) => warnings.push(warning));
    const told = listen(download);
    await download.start();
    await expect.poll(() => told.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    server.letGo();
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

describe('a callback that was replaced', () => {
  it('by another process gets no more calls, and its listeners rely on the poll', async ({
    server,
    create,
  }) => {
    const download = await create(server.serve('file', held()));
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
    server.letGo();
    await expect.poll(() => told.at(-1)?.state).toBe('transferred');
    await expect.poll(() => sink.states).toContain('transferred');
    raw?.release();
    release(enumerator as Pointer);
  });
});
