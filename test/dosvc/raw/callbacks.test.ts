// SPDX-License-Identifier: MIT
// A download's callback: what it receives, how often, and how a test can disturb it.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { held, it, slowlyInMiB } from '../../stand-in/client/fixtures.js';
import { keep } from '../../com/com-object.js';
import { bytesOf } from '../../http/served.js';
import { createFor, Property, VT } from './download.js';
import { StatusSink } from './status-sink.js';

const onStatusChange = 'IDODownloadStatusCallback::OnStatusChange';

describe('a callback', () => {
  it('receives every state, with its own download', async ({ control, folder, server }) => {
    const ids: Promise<string>[] = [];
    const sink = new StatusSink((lent) => {
      keep(lent.pointer);
      ids.push(
        lent.id().finally(() => {
          lent.release();
        }),
      );
    });
    const served = held();
    const size = served.content.length;
    const url = server.serve('file', served);
    const download = await createFor(url, join(folder, 'x'));
    await download.set(Property.CallbackInterface, sink.variant);
    await download.start();
    await download.begins();
    await download.pause();
    await download.start(null);
    server.letGo();
    await download.reach('transferred');
    await download.abort();
    await expect
      .poll(() => sink.states)
      .toEqual(['transferring', 'paused', 'transferring', 'transferred', 'aborted']);
    expect(new Set(await Promise.all(ids))).toEqual(new Set([await download.id()]));
    expect(sink.told.at(-2)).toMatchObject({ total: size, transferred: size, error: 0 });
    await expect.poll(() => control.count('callbacks-held')).toBe(0);
    download.release();
  });

  it('receives an error, which pauses the download', async ({ control, folder, server }) => {
    const sink = new StatusSink();
    const url = server.serve('file', { content: bytesOf(1), statuses: [403] });
    const download = await createFor(url, join(folder, 'x'));
    await download.set(Property.CallbackInterface, sink.variant);
    await download.start();
    await expect
      .poll(() => sink.told.at(-1))
      .toMatchObject({ state: 'paused', error: 0x80190193, extendedError: 0 });
    // A new start clears the error.
    expect(await download.start(null)).toBe(0);
    expect(await download.reach('transferred')).toMatchObject({ error: 0, extendedError: 0 });
    expect(await control.count('callbacks-held')).toBe(1);
    download.release();
  });

  it('can call the download from within', async ({ control, folder, server }) => {
    const answers: Promise<number>[] = [];
    const sink = new StatusSink((_download, { state }) => {
      if (state === 'transferring' && answers.length === 0) answers.push(own.pause());
    });
    const own = await createFor(server.serve('file', held()), join(folder, 'x'));
    await own.set(Property.CallbackInterface, sink.variant);
    await own.start();
    await own.reach('paused');
    expect(await Promise.all(answers)).toEqual([0]);
    // The service counts a callback when it returns, which may be after the test sees it.
    await expect.poll(() => control.count('callbacks-told')).toBeGreaterThan(0);
    own.release();
  });

  it('that was replaced receives no more calls', async ({ control, folder, server }) => {
    const [first, second] = [new StatusSink(), new StatusSink()];
    const download = await createFor(server.serve('file', held()), join(folder, 'x'));
    await download.set(Property.CallbackInterface, first.variant);
    await download.start();
    await expect.poll(() => first.states).toEqual(['transferring']);
    await download.set(Property.CallbackInterface, second.variant);
    const heard = first.told.length;
    server.letGo();
    await download.reach('transferred');
    await expect.poll(() => second.states.at(-1)).toBe('transferred');
    expect(first.told.length).toBe(heard);
    await expect.poll(() => first.object.references).toBe(1);
    await download.set(Property.CallbackInterface, [VT.EMPTY, 0n]);
    await download.abort();
    expect((await download.status()).state).toBe('aborted');
    expect(second.states.at(-1)).toBe('transferred');
    expect(await control.count('callbacks-held')).toBe(0);
    download.release();
  });

  it('of a client that let go is not called when another download takes the target', async ({
    control,
    folder,
    server,
  }) => {
    const url = server.serve('file', held());
    const path = join(folder, 'x');
    const objects = await control.count('objects');
    const watched = async () => {
      const sink = new StatusSink();
      const download = await createFor(url, path);
      await download.set(Property.CallbackInterface, sink.variant);
      await download.start();
      await expect.poll(() => sink.states).toEqual(['transferring']);
      return { sink, download };
    };
    const gone = await watched();
    gone.download.release();
    await expect.poll(() => control.count('objects')).toBe(objects);
    const watching = await watched();
    await expect.poll(() => gone.sink.object.references).toBe(1);
    expect(gone.sink.states).toEqual(['transferring']);
    const last = await watched();
    await expect.poll(() => watching.sink.states).toEqual(['transferring', 'aborted']);
    expect(await control.count('downloads')).toBe(1);
    for (const { download } of [watching, last]) download.release();
  });

  it('has let go even while its callback is called', async ({ control, folder, server }) => {
    const path = join(folder, 'x');
    const url = server.serve('file', held());
    const objects = await control.count('objects');
    const sink = new StatusSink();
    const gone = await createFor(url, path);
    await gone.set(Property.CallbackInterface, sink.variant);
    await control.setFault(onStatusChange, 'hang', 1);
    await gone.start();
    await expect.poll(() => control.count('hanging')).toBe(1);
    gone.release();
    // The object that the callback gets is left.
    await expect.poll(() => control.count('objects')).toBe(objects + 1);
    const other = await createFor(url, path);
    await other.start();
    await control.letGo();
    await expect.poll(() => sink.object.references).toBe(1);
    expect(sink.states).toEqual(['transferring']);
    other.release();
  });

  it('of a download that cannot be aborted stays', async ({ control, folder, server }) => {
    const path = join(folder, 'x');
    const url = server.serve('file', held());
    const objects = await control.count('objects');
    const sink = new StatusSink();
    const foreign = await createFor(url, path);
    await foreign.set(Property.CallbackInterface, sink.variant);
    await foreign.start();
    await foreign.begins();
    const id = await foreign.id();
    foreign.release();
    await expect.poll(() => control.count('objects')).toBe(objects);
    await control.setForeign(id, true);
    const other = await createFor(url, path);
    await other.start();
    expect(await control.count('callbacks-held')).toBe(1);
    other.release();
  });

  it('is called as often as the properties say', async ({ control, folder, server }) => {
    const told = async (name: string, properties: [number, bigint][]) => {
      const sink = new StatusSink();
      const download = await createFor(server.serve(name, slowlyInMiB()), join(folder, name));
      await download.set(Property.CallbackInterface, sink.variant);
      for (const [id, value] of properties) await download.set(id, [VT.UI4, value]);
      await download.start();
      await download.reach('transferred');
      await expect.poll(() => sink.states.at(-1)).toBe('transferred');
      download.release();
      return sink.told
        .filter(({ state }) => state === 'transferring')
        .map((one) => one.transferred);
    };
    const [rarely, half, often] = await Promise.all([
      told('rarely', [[Property.CallbackFreqSeconds, 1000n]]),
      told('half', [
        [Property.CallbackFreqSeconds, 1000n],
        [Property.CallbackFreqPercent, 40n],
      ]),
      told('often', [[Property.CallbackFreqSeconds, 0n]]),
    ]);
    // The first call is the entry into the state.
    expect(rarely).toEqual([0]);
    expect(half.length).toBe(3);
    expect(often.length).toBeGreaterThan(3);
    expect(await control.count(`calls ${onStatusChange}`)).toBeGreaterThan(8);
  });

  it('can be dropped, doubled or delayed, as the switches say', async ({
    control,
    folder,
    server,
  }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const watched = async (name: string) => {
      const sink = new StatusSink();
      const download = await createFor(url, join(folder, name));
      await download.set(Property.CallbackInterface, sink.variant);
      await download.start();
      await download.reach('transferred');
      return { sink, download };
    };
    await control.setSwitch('double-callbacks', 1);
    const twice = await watched('twice');
    await expect
      .poll(() => twice.sink.told.map(({ state }) => state))
      .toEqual(['transferring', 'transferring', 'transferred', 'transferred']);
    await control.reset();
    await control.setSwitch('drop-callbacks', 1);
    const lost = await watched('lost');
    await lost.download.abort();
    await control.reset();
    await control.setSwitch('late-callbacks', 500);
    const late = await watched('late');
    expect(late.sink.states).not.toContain('transferred');
    await expect.poll(() => late.sink.states).toEqual(['transferring', 'transferred']);
    expect(lost.sink.told).toEqual([]);
    for (const { download } of [twice, lost, late]) download.release();
  });
});
