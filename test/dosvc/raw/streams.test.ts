// SPDX-License-Identifier: MIT
// Downloads into a client's stream.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { held, it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { createDownload, Property, rangesOf, toEnd, VT, wholeFile } from './download.js';
import { StreamSink } from './stream-sink.js';

const E_ACCESSDENIED = 0x80070005;
const DO_E_DOWNLOAD_RANGES_EXPECTED = 0x80d02204;
const write = 'ISequentialStream::Write';
const all = rangesOf([0n, toEnd]);

async function streamOf(url: string, sink: StreamSink) {
  const download = await createDownload();
  await download.set(Property.Uri, [VT.BSTR, url]);
  await download.set(Property.StreamInterface, sink.variant);
  return download;
}

describe('a stream', () => {
  it('receives Write calls, and no others', async ({ control, server }) => {
    const content = bytesOf(1_000_003);
    const sink = new StreamSink();
    const download = await streamOf(server.serve('file', { content }), sink);
    expect(await download.start(all)).toBe(0);
    expect(await download.reach('transferred')).toMatchObject({ transferred: 1_000_003 });
    expect(sink.bytes.equals(content)).toBe(true);
    expect(sink.others).toBe(0);
    expect(await download.get(Property.TotalSizeBytes)).toEqual([VT.UI8, 1_000_003n]);
    expect(await download.finalize()).toBe(0);
    expect(await control.count(`calls ${write}`)).toBeGreaterThan(1);
    download.release();
    await expect.poll(() => sink.object.references).toBe(1);
  });

  it('needs ranges in builds up to Windows 11 22H2', async ({ control, server }) => {
    const content = bytesOf(1000);
    const url = server.serve('file', { content });
    for (const ranges of [wholeFile, null]) {
      const sink = new StreamSink();
      const download = await streamOf(url, sink);
      await control.setSwitch('build', 22621);
      expect(await download.start(ranges)).toBe(DO_E_DOWNLOAD_RANGES_EXPECTED);
      await control.setSwitch('build', 26100);
      expect(await download.start(ranges)).toBe(0);
      await download.reach('transferred');
      expect(sink.bytes.equals(content)).toBe(true);
      expect(await download.finalize()).toBe(0);
      download.release();
    }
  });

  it('receives ranges, and then another portion', async ({ control, server }) => {
    const content = bytesOf(10_000);
    const sink = new StreamSink();
    const download = await streamOf(server.serve('file', { content, etag: '"1"' }), sink);
    await download.start(rangesOf([0n, 100n], [200n, 1000n]));
    await download.reach('transferred');
    expect(sink.bytes.length).toBe(1100);
    await download.start(rangesOf([9_990n, toEnd]));
    await download.reach('transferred');
    const wanted = [content.subarray(0, 100), content.subarray(200, 1200), content.subarray(9990)];
    expect(sink.bytes.equals(Buffer.concat(wanted))).toBe(true);
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('continues after a pause, with no byte lost or doubled', async ({ control, server }) => {
    const served = held(1_000_000);
    const sink = new StreamSink();
    const download = await streamOf(server.serve('file', served), sink);
    await download.start(all);
    for (let pauses = 0; pauses < 3; pauses++) {
      await expect.poll(() => sink.bytes.length).toBeGreaterThan(pauses * 200_000);
      await download.pause();
      await download.start(null);
    }
    server.letGo();
    await download.reach('transferred');
    expect(sink.bytes.equals(served.content)).toBe(true);
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('that refuses a write fails the download', async ({ control, server }) => {
    const content = bytesOf(1_000_000);
    const sink = new StreamSink((written) => (written > 200_000 ? E_ACCESSDENIED : 0));
    const download = await streamOf(server.serve('file', { content }), sink);
    await download.start(all);
    expect(await download.fails()).toMatchObject({ state: 'paused', error: E_ACCESSDENIED });
    expect(content.subarray(0, sink.bytes.length).equals(sink.bytes)).toBe(true);
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('cannot start over when the file has changed', async ({ control, server }) => {
    const served = held();
    const sink = new StreamSink();
    const download = await streamOf(server.serve('file', served), sink);
    await download.start(all);
    await download.begins();
    await download.pause();
    Object.assign(served, { etag: '"2"', content: bytesOf(1000, 2) });
    await download.start(null);
    expect(await download.fails()).toMatchObject({ state: 'paused', error: 0x800703ee });
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('that blocks holds up its transfer, and nothing else', async ({ control, folder, server }) => {
    const size = 64 * 1024 * 1024;
    let sent = 0;
    const large = server.serve('large', {
      content: Buffer.alloc(size),
      pace: {
        bytes: 65_536,
        get milliseconds() {
          sent += 65_536;
          return 0;
        },
      },
    });
    const small = server.serve('small', { content: bytesOf(100_000) });
    const held: Awaited<ReturnType<typeof streamOf>>[] = [];
    await control.setFault(write, 'hang');
    // More than there are threads for transfers.
    for (let at = 0; at < 10; at++) {
      const download = await streamOf(at === 0 ? large : small, new StreamSink());
      await download.start(all);
      held.push(download);
    }
    await expect.poll(() => control.count('hanging')).toBe(10);
    const [first, second, third] = held as [(typeof held)[0], (typeof held)[0], (typeof held)[0]];
    expect((await first.status()).transferred).toBe(0);
    // The bytes that were sent are in buffers on the way.
    let before = -1;
    while (before !== sent) {
      before = sent;
      await sleep(500);
    }
    expect(sent).toBeLessThan(size / 2);

    const other = await createDownload();
    await other.set(Property.Uri, [VT.BSTR, server.serve('other', { content: bytesOf(10) })]);
    await other.set(Property.LocalPath, [VT.BSTR, join(folder, 'other')]);
    await other.start();
    await other.reach('transferred');
    // Neither call waits for the client that holds the stream.
    expect(await first.abort()).toBe(0);
    expect((await first.status()).state).toBe('aborted');
    expect(await second.pause()).toBe(0);
    expect((await second.status()).state).toBe('paused');
    expect(await third.pause()).toBe(0);
    expect(await third.start(null)).toBe(0);

    await control.clearFault(write);
    await control.letGo();
    for (const download of held.slice(2)) await download.reach('transferred');
    expect(await second.status()).toMatchObject({ state: 'paused', error: 0 });
    expect((await first.status()).state).toBe('aborted');
    for (const download of [other, ...held]) download.release();
  });
});
