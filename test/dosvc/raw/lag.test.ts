// SPDX-License-Identifier: MIT
// The switch "lag": calls that return before they take effect. A lag longer than the test shows what
// is read meanwhile, and that the next call puts the one before it into effect.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import {
  call,
  connect,
  invoke,
  pointerIn,
  query,
  readNumber,
  release,
  room,
  type Pointer,
} from '../../com/vtable.js';
import { clsid } from '../../stand-in/client/installation.js';
import { held, it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { createFor, Property, rangesOf, VT } from './download.js';

const DO_E_INVALID_STATE = 0x80d02013;

const short = 200;
const endless = 600_000;

describe('a download', () => {
  it('is started and paused without another call', async ({ control, folder, server }) => {
    await control.setSwitch('lag', short);
    const download = await createFor(server.serve('file', held()), join(folder, 'x'));
    expect(await download.start()).toBe(0);
    await download.begins();
    expect(await download.pause()).toBe(0);
    await download.reach('paused');
    expect(await download.start(null)).toBe(0);
    server.letGo();
    await download.reach('transferred');
    download.release();
  });

  it('has its old status until then', async ({ control, folder, server }) => {
    const served = { content: bytesOf(100), statuses: [404], hold: 0 };
    const download = await createFor(server.serve('file', served), join(folder, 'x'));
    await control.setSwitch('lag', endless);
    expect(await download.start()).toBe(0);
    expect((await download.status()).state).toBe('created');
    // A call that cannot be made is refused at once.
    expect(await download.start()).toBe(DO_E_INVALID_STATE);
    server.letGo();
    const failed = await download.fails();
    expect(failed).toMatchObject({ state: 'paused', error: 0x80190194 });
    expect(await download.start(rangesOf([0n, 10n]))).toBe(0);
    expect(await download.status()).toEqual(failed);
    await control.setSwitch('lag', short);
    expect(await download.start(null)).toBe(0);
    expect(await download.reach('transferred')).toMatchObject({ transferred: 10, error: 0 });
    await control.setSwitch('lag', endless);
    expect(await download.start(rangesOf([10n, 20n]))).toBe(0);
    expect(await download.status()).toMatchObject({ state: 'transferred', transferred: 10 });
    download.release();
  });

  it('is paused, aborted or finalized in the order of the calls', async ({
    control,
    folder,
    server,
  }) => {
    const url = server.serve('slow', held());
    const paused = await createFor(url, join(folder, 'paused'));
    const aborted = await createFor(url, join(folder, 'aborted'));
    const small = server.serve('file', { content: bytesOf(100), hold: 0 });
    const finalized = await createFor(small, join(folder, 'finalized'));
    await control.setSwitch('lag', endless);
    await paused.start();
    expect(await paused.pause()).toBe(0);
    await paused.begins();
    expect((await paused.status()).state).toBe('transferring');
    // It starts after the pause.
    expect(await paused.start(null)).toBe(0);
    expect((await paused.status()).state).toBe('paused');
    await aborted.start();
    expect(await aborted.abort()).toBe(0);
    expect((await aborted.status()).state).toBe('aborted');
    await finalized.start();
    expect(await finalized.finalize()).toBe(DO_E_INVALID_STATE);
    server.letGo();
    await finalized.reach('transferred');
    expect(await finalized.finalize()).toBe(0);
    expect((await finalized.status()).state).toBe('finalized');
    for (const download of [paused, aborted, finalized]) download.release();
  });

  it('in blocking mode blocks as before', async ({ control, folder, server }) => {
    await control.setSwitch('lag', endless);
    const url = server.serve('file', { content: bytesOf(100) });
    const download = await createFor(url, join(folder, 'x'));
    await download.set(Property.BlockingMode, [VT.BOOL, -1n]);
    expect(await download.start()).toBe(0);
    expect((await download.status()).state).toBe('transferred');
    download.release();
  });
});

const [suspended, transferred, acknowledged, cancelled] = [3, 6, 7, 8];

async function createJob(url: string, path: string): Promise<Pointer> {
  const manager = await connect(clsid);
  const [job, adder] = [room(), room()];
  await call(manager, 'IBackgroundCopyManager::CreateJob', 'lag', 0, room(16), job);
  await query(pointerIn(job), 'IDeliveryOptimizationJob', adder);
  const add = 'IDeliveryOptimizationJob::AddFileWithRanges';
  await call(pointerIn(adder), add, 'id', url, path, 0, null, 0xffffffffffffffffn);
  for (const object of [manager, pointerIn(adder)]) release(object);
  return pointerIn(job);
}

const stateOf = (job: Pointer) => readNumber(job, 'IBackgroundCopyJob::GetState');
const make = (job: Pointer, method: string) => invoke(job, `IBackgroundCopyJob::${method}`);

describe('a job', () => {
  it('is resumed and suspended without another call', async ({ control, folder, server }) => {
    await control.setSwitch('lag', short);
    const job = await createJob(server.serve('file', held(500_000)), join(folder, 'x'));
    expect(await make(job, 'Resume')).toBe(0);
    await expect.poll(() => server.asked.length).toBeGreaterThan(0);
    expect(await make(job, 'Suspend')).toBe(0);
    await expect.poll(() => stateOf(job)).toBe(suspended);
    expect(await make(job, 'Resume')).toBe(0);
    server.letGo();
    await expect.poll(() => stateOf(job)).toBe(transferred);
    release(job);
  });

  it('has its old state until then, and the calls keep their order', async ({
    control,
    folder,
    server,
  }) => {
    const path = join(folder, 'file.bin');
    const job = await createJob(server.serve('file', { content: bytesOf(100) }), path);
    await control.setSwitch('lag', endless);
    expect(await make(job, 'Resume')).toBe(0);
    expect(await stateOf(job)).toBe(suspended);
    expect(server.asked).toEqual([]);
    expect(await make(job, 'Suspend')).toBe(0);
    await expect.poll(() => stateOf(job)).toBe(transferred);
    expect(await make(job, 'Complete')).toBe(0);
    expect(await stateOf(job)).toBe(acknowledged);
    expect(existsSync(path)).toBe(true);
    release(job);

    const other = await createJob(server.serve('slow', held(500_000)), join(folder, 'other'));
    expect(await make(other, 'Resume')).toBe(0);
    expect(await make(other, 'Cancel')).toBe(0);
    expect(await stateOf(other)).toBe(cancelled);
    expect(await make(other, 'Resume')).toBe(DO_E_INVALID_STATE);
    release(other);
  });
});
