// SPDX-License-Identifier: MIT
// The conditions that hold up a download: those that pass by themselves, and those that do not.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { held, it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { createFor, Property, VT } from './download.js';
import { StatusSink } from './status-sink.js';

const DO_E_DOWNLOAD_NO_PROGRESS = 0x80d02002;
const DO_E_NO_DOWNLOAD_EXTSETTINGS = 0x80d03002;
const DO_E_BLOCKED_BY_COST_TRANSFER_POLICY = 0x80d03801;
const DO_E_BLOCKED_BY_POWER_STATE = 0x80d03804;
const DO_E_BLOCKED_BY_NO_NETWORK = 0x80d03805;

describe('a download', () => {
  it('waits with only an extended error, and continues by itself', async ({
    control,
    folder,
    server,
  }) => {
    const sink = new StatusSink();
    const download = await createFor(server.serve('file', held()), join(folder, 'x'));
    await download.set(Property.CallbackInterface, sink.variant);
    await download.start();
    await download.begins();
    await control.setSwitch('waiting', DO_E_BLOCKED_BY_COST_TRANSFER_POLICY);
    expect(await download.reach('paused')).toMatchObject({
      error: 0,
      extendedError: DO_E_BLOCKED_BY_COST_TRANSFER_POLICY,
    });
    await control.setSwitch('waiting', DO_E_BLOCKED_BY_POWER_STATE);
    await expect
      .poll(async () => (await download.status()).extendedError)
      .toBe(DO_E_BLOCKED_BY_POWER_STATE);
    await control.setSwitch('waiting', 0);
    server.letGo();
    expect(await download.reach('transferred')).toMatchObject({ error: 0, extendedError: 0 });
    await expect.poll(() => sink.states.at(-1)).toBe('transferred');
    expect(sink.told).toContainEqual(
      expect.objectContaining({
        state: 'paused',
        error: 0,
        extendedError: DO_E_BLOCKED_BY_POWER_STATE,
      }),
    );
    download.release();
  });

  it('waits for the network, even before its first byte', async ({ control, folder, server }) => {
    await control.setSwitch('network-lost', 1);
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    expect(await download.reach('paused')).toMatchObject({
      error: 0,
      extendedError: DO_E_BLOCKED_BY_NO_NETWORK,
    });
    await control.setSwitch('network-lost', 0);
    await download.reach('transferred');
    download.release();
  });

  it('that waits can be paused and resumed', async ({ control, folder, server }) => {
    await control.setSwitch('waiting', DO_E_BLOCKED_BY_NO_NETWORK);
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    await download.reach('paused');
    expect(await download.pause()).toBe(0);
    expect(await download.status()).toMatchObject({ state: 'paused', extendedError: 0 });
    await control.setSwitch('waiting', 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await download.status()).state).toBe('paused');
    await download.start(null);
    await download.reach('transferred');
    download.release();
  });

  it('gives up after its no-progress timeout', async ({ control, folder, server }) => {
    await control.setSwitch('waiting', DO_E_BLOCKED_BY_NO_NETWORK);
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    await download.set(Property.NoProgressTimeoutSeconds, [VT.UI4, 60n]);
    await download.start();
    await download.reach('paused');
    await control.setSwitch('clock-ahead', 61);
    expect(await download.fails()).toMatchObject({
      state: 'paused',
      error: DO_E_DOWNLOAD_NO_PROGRESS,
      extendedError: DO_E_BLOCKED_BY_NO_NETWORK,
    });
    download.release();
  });

  it('can be started again after it is refused', async ({ control, folder, server }) => {
    await control.setSwitch('refused', DO_E_NO_DOWNLOAD_EXTSETTINGS);
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    expect(await download.fails()).toMatchObject({
      state: 'paused',
      error: DO_E_NO_DOWNLOAD_EXTSETTINGS,
      extendedError: 0,
    });
    await control.setSwitch('refused', 0);
    await download.start(null);
    await download.reach('transferred');
    download.release();
  });

  it('is aborted when it expires', async ({ control, folder, server }) => {
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    await download.reach('transferred');
    await control.setSwitch('clock-ahead', 31 * 24 * 3600);
    expect((await download.status()).state).toBe('aborted');
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });
});
