// SPDX-License-Identifier: MIT
// Services that differ from the newest one: in their interfaces, and in their codes.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { iidOf } from '../../facts/facts.js';
import {
  activate,
  call,
  connect,
  invoke,
  pointerIn,
  query,
  release,
  room,
} from '../../com/vtable.js';
import type { Switch } from '../../stand-in/client/control.js';
import { clsid } from '../../stand-in/client/installation.js';
import { it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { createFor, rangesOf } from './download.js';

const E_NOINTERFACE = 0x80004002;
const BG_E_INVALID_STATE = 0x80200002;
const BG_E_EMPTY = 0x80200003;
const BG_E_INSUFFICIENT_RANGE_SUPPORT = 0x80200013;
const BG_E_INVALID_RANGE = 0x8020002b;

describe('a service without IDOManager', () => {
  it.for<[name: Switch, value: number, present: number]>([
    ['no-download-manager', 1, 0],
    ['build', 17762, 17763],
  ])('has jobs only: "%s" %i', async ([name, value, present], { control }) => {
    await control.setSwitch(name, value);
    const object = room();
    expect(await activate(clsid, iidOf('IDOManager'), object)).toBe(E_NOINTERFACE);
    const manager = await connect(clsid);
    expect(await query(manager, 'IDOManager', object)).toBe(E_NOINTERFACE);
    await control.setSwitch(name, present);
    expect(await activate(clsid, iidOf('IDOManager'), object)).toBe(0);
    for (const one of [manager, pointerIn(object)]) release(one);
  });
});

describe("a service with BITS' codes", () => {
  it('returns them from its methods', async ({ control }) => {
    await control.setSwitch('bits-codes', 1);
    const manager = await connect(clsid);
    const job = room();
    await call(manager, 'IBackgroundCopyManager::CreateJob', 'codes', 0, room(16), job);
    expect(await invoke(pointerIn(job), 'IBackgroundCopyJob::Resume')).toBe(BG_E_EMPTY);
    await call(pointerIn(job), 'IBackgroundCopyJob::Cancel');
    expect(await invoke(pointerIn(job), 'IBackgroundCopyJob::Resume')).toBe(BG_E_INVALID_STATE);
    for (const one of [manager, pointerIn(job)]) release(one);
  });

  it('reports them in the status', async ({ control, folder, server }) => {
    await control.setSwitch('bits-codes', 1);
    const url = server.serve('file', { content: bytesOf(100), ranges: false });
    const download = await createFor(url, join(folder, 'x'));
    expect(await download.start(rangesOf([1n, 0n]))).toBe(BG_E_INVALID_RANGE);
    await download.start();
    expect(await download.fails()).toMatchObject({ error: BG_E_INSUFFICIENT_RANGE_SUPPORT });
    await download.abort();
    expect(await download.pause()).toBe(BG_E_INVALID_STATE);
    download.release();
  });
});
