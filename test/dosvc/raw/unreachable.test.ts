// SPDX-License-Identifier: MIT
// Servers that are unavailable: a download fails at its first contact, and waits once bytes have come.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../../stand-in/client/fixtures.js';
import { closedAddress } from '../../http/closed-address.js';
import { bytesOf, type Served } from '../../http/served.js';
import { createFor, Property, VT } from './download.js';
import { StatusSink } from './status-sink.js';

const ERROR_WINHTTP_CANNOT_CONNECT = 0x80072efd;
const ERROR_WINHTTP_CONNECTION_ERROR = 0x80072efe;
const DO_E_BLOCKED_BY_NO_NETWORK = 0x80d03805;
const DO_E_DOWNLOAD_NO_PROGRESS = 0x80d02002;
/** A file whose connection is cut once, and the statuses of the next responses. */
function cutAndThen(...statuses: number[]): Served {
  return { content: bytesOf(6 << 20), etag: '"1"', cuts: [2_000_000], statuses: [0, ...statuses] };
}

const status = (code: number) => 0x80190000 + code;

describe('at its first contact with the server, a download', () => {
  it.for<[what: string, how: Partial<Served>, error: number]>([
    ['a connection that is reset', { instead: 'reset' }, ERROR_WINHTTP_CONNECTION_ERROR],
    ['500', { status: 500 }, status(500)],
    ['503', { status: 503 }, status(503)],
    ['429', { status: 429 }, status(429)],
    ['401', { status: 401 }, status(401)],
  ])('fails by %s', async ([, how, error], { control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(100), ...how });
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    expect(await download.fails()).toMatchObject({ state: 'paused', error, extendedError: 0 });
    server.serve('file', { content: bytesOf(100) });
    await download.start(null);
    expect(await download.reach('transferred')).toMatchObject({ error: 0, extendedError: 0 });
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('fails if it cannot connect for a while', async ({ control, folder }) => {
    await control.setSwitch('connect-time', 300);
    const url = `http://${await closedAddress()}/file`;
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    expect(await download.fails()).toMatchObject({
      state: 'paused',
      error: ERROR_WINHTTP_CANNOT_CONNECT,
      extendedError: 0,
    });
    download.release();
  });

  it('has as much time to connect after it waited', async ({ control, folder, server }) => {
    const redirect = `http://${await closedAddress()}/file`;
    const url = server.serve('file', { content: bytesOf(0), redirect });
    const download = await createFor(url, join(folder, 'x'));
    await control.setSwitch('waiting', DO_E_BLOCKED_BY_NO_NETWORK);
    await download.start();
    await download.reach('paused');
    await control.setSwitch('clock-ahead', 60);
    await control.setSwitch('waiting', 0);
    await expect.poll(() => server.asked.length).toBeGreaterThan(1);
    await control.setSwitch('clock-ahead', 120);
    expect(await download.fails()).toMatchObject({ error: ERROR_WINHTTP_CANNOT_CONNECT });
    download.release();
  });

  it('tries to connect again until then', async ({ control, folder, server }) => {
    await control.setSwitch('connect-time', 600_000);
    // The redirect shows the tries, of which the closed address shows none.
    const redirect = `http://${await closedAddress()}/file`;
    const url = server.serve('file', { content: bytesOf(0), redirect });
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    await expect.poll(() => server.asked.length).toBeGreaterThan(1);
    expect(await download.status()).toMatchObject({
      state: 'transferring',
      error: 0,
      extendedError: 0,
    });
    server.serve('file', { content: bytesOf(100) });
    await download.reach('transferred');
    download.release();
  });
});

describe('once bytes have come, a download', () => {
  it('waits for a server that is unavailable', async ({ control, folder, server }) => {
    const sink = new StatusSink();
    const served = cutAndThen(503);
    const download = await createFor(server.serve('file', served), join(folder, 'x'));
    await download.set(Property.CallbackInterface, sink.variant);
    await download.start();
    await download.reach('transferred');
    await expect.poll(() => sink.states.at(-1)).toBe('transferred');
    for (const extendedError of [ERROR_WINHTTP_CONNECTION_ERROR, status(503)]) {
      expect(sink.told).toContainEqual(
        expect.objectContaining({ state: 'paused', error: 0, extendedError }),
      );
    }
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('waits through a 401, until there was no progress for too long', async ({
    control,
    folder,
    server,
  }) => {
    const served = cutAndThen(...Array<number>(100).fill(401));
    const download = await createFor(server.serve('file', served), join(folder, 'x'));
    await download.set(Property.NoProgressTimeoutSeconds, [VT.UI4, 60n]);
    await download.start();
    await expect
      .poll(() => download.status())
      .toMatchObject({
        state: 'paused',
        error: 0,
        extendedError: status(401),
      });
    await control.setSwitch('clock-ahead', 61);
    expect(await download.fails()).toMatchObject({
      state: 'paused',
      error: DO_E_DOWNLOAD_NO_PROGRESS,
      extendedError: status(401),
    });
    served.statuses = [];
    await download.start(null);
    await download.reach('transferred');
    download.release();
  });

  it('gives up on a file that always begins anew', async ({ control, folder, server }) => {
    // Nothing tells that a part is of the same file, and no answer is whole.
    const cuts = Array<number>(1000).fill(2_000_000);
    const url = server.serve('file', { content: bytesOf(6 << 20), sizeless: true, cuts });
    const download = await createFor(url, join(folder, 'x'));
    await download.set(Property.NoProgressTimeoutSeconds, [VT.UI4, 60n]);
    await download.start();
    // It was begun anew, so it came as far as it ever does.
    await expect.poll(() => server.asked.length).toBeGreaterThan(2);
    await control.setSwitch('clock-ahead', 40);
    const before = server.asked.length;
    await expect.poll(() => server.asked.length).toBeGreaterThan(before + 3);
    await control.setSwitch('clock-ahead', 80);
    expect(await download.fails()).toMatchObject({
      error: DO_E_DOWNLOAD_NO_PROGRESS,
      extendedError: ERROR_WINHTTP_CONNECTION_ERROR,
    });
    download.release();
  });
});
