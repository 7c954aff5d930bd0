// SPDX-License-Identifier: MIT
// Waiting for a download, watching it, and the looks that both rest on.

import { once } from 'node:events';
import { DownloadError, type DownloadStatus, type WaitReason } from 'dosvc';
import { describe, expect } from 'vitest';
import { bytesOf } from '../http/served.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { begins, it, reach } from '../stand-in/client/downloads.js';
import { held, slowlyInMiB } from '../stand-in/client/fixtures.js';

describe('a look', () => {
  const getStatus = 'IDODownload::GetStatus';

  it('that fails once ends neither wait() nor a stream', async ({
    server,
    control,
    downloads,
    create,
  }) => {
    for (const fail of [0x800706bb, 0x8007000e]) {
      server.hold();
      const served = held();
      const download = await create(server.serve(`file-${String(fail)}`, served));
      await download.start();
      await control.setFault(getStatus, { fail }, 1);
      server.letGo();
      await download.wait();
      await download.abort();

      const uri = server.serve(`stream-${String(fail)}`, served);
      const streamed = await downloads.createDownload({ uri });
      const pieces: Buffer[] = [];
      const stream = streamed.stream();
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      await begins(streamed);
      await control.setFault(getStatus, { fail }, 1);
      server.letGo();
      await once(stream, 'end');
      expect(Buffer.concat(pieces).equals(served.content)).toBe(true);
    }
  });

  it('that keeps failing is reported', async ({ server, control, create }) => {
    const download = await create(server.serve('file', held()));
    const warnings: unknown[] = [];
    download.on('warning', ({ code }) => warnings.push(code));
    download.on('status', () => undefined);
    await download.start();
    await control.setFault(getStatus, { fail: 0x8007000e });
    await expect(download.wait()).rejects.toMatchObject({ code: 'E_OUTOFMEMORY' });
    expect(warnings).toEqual(['E_OUTOFMEMORY']);
    await control.clearFault(getStatus);
    server.letGo();
    await download.wait();
  });
});

describe('a download that waits', () => {
  it.for<[hresult: number, waitingFor: WaitReason, words: RegExp]>([
    [0x80d03801, 'cost', /is waiting because the cost policy/],
    [0x80d03803, 'cellular', /not allowed to use a cellular network/],
    [0x80d03804, 'power', /plugged in/],
    [0x80d03805, 'network', /is waiting because there is no network/],
    [0x80d03807, 'vpn', /VPN/],
    [0x80d03808, 'memory', /memory/],
  ])(
    '(%i) for %s reports the reason, and then continues',
    async ([hresult, reason, words], { server, control, create }) => {
      const download = await create(server.serve('file', held()));
      await download.start();
      await begins(download);
      await control.setSwitch('waiting', hresult);
      const waiting = await reach(download, 'paused');
      expect(waiting).toMatchObject({ error: null, transient: true, waitingFor: reason });
      expect(waiting.extendedError).toMatchObject({ hresult });
      expect(waiting.extendedError?.message).toMatch(words);
      const done = awaitedLater(download.wait());
      await control.setSwitch('waiting', 0);
      server.letGo();
      await done;
    },
  );
});

describe('wait()', () => {
  it('rejects with a DownloadError that describes the failure', async ({ server, create }) => {
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

  it('resolves after the cause of a failure is fixed', async ({ server, create }) => {
    const served = { content: bytesOf(1000), statuses: [404, 404, 404, 404] };
    const download = await create(server.serve('file', served));
    await download.start();
    await expect(download.wait()).rejects.toMatchObject({ httpStatus: 404 });
    served.statuses = [];
    await download.start();
    await download.wait();
  });

  it('keeps waiting through a pause', async ({ server, create }) => {
    const download = await create(server.serve('file', held()));
    await download.start();
    const done = awaitedLater(download.wait());
    await begins(download);
    await download.pause();
    await reach(download, 'paused');
    await download.start();
    server.letGo();
    await done;
  });

  it.for(['abort', 'finalize'] as const)(
    'rejects if %s() ends the download',
    async (call, { server, create }) => {
      const served = call === 'abort' ? held() : { content: bytesOf(100) };
      const download = await create(server.serve('file', served));
      await download.start();
      if (call === 'finalize') await reach(download, 'transferred');
      if (call === 'finalize') await download.finalize();
      const done = awaitedLater(download.wait());
      if (call === 'abort') await download.abort();
      await expect(done).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' });
    },
  );

  it('ends at its timeout, on a stall, on the signal, and with the manager', async ({
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
  it('yields each status until everything is transferred', async ({ server, create }) => {
    const download = await create(server.serve('file', slowlyInMiB()));
    await download.start();
    const seen: DownloadStatus[] = [];
    for await (const status of download.watch()) {
      seen.push(status);
      if (seen.length === 3) server.hurry();
    }
    expect(seen.at(-1)).toMatchObject({ state: 'transferred', bytesTransferred: 6 << 20 });
    expect(seen.length).toBeGreaterThan(2);
  });
});
