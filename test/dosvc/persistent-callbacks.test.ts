// SPDX-License-Identifier: MIT
// A callback that does not return S_OK is called again. One that is removed is not.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { call, connect, pointerIn, query, readNumber, release, room } from '../com/vtable.js';
import { it } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';
import { Sink } from './sink.js';

const E_FAIL = 0x80004005;
const errorAndModification = 2 | 8;

async function failingJob(sink: Sink, url: string, folder: string) {
  const manager = await connect(clsid);
  const job = room();
  await call(manager, 'IBackgroundCopyManager::CreateJob', 'callbacks', 0, room(16), job);
  release(manager);
  await call(pointerIn(job), 'IBackgroundCopyJob::SetNotifyInterface', sink.object);
  await call(pointerIn(job), 'IBackgroundCopyJob::SetNotifyFlags', 2);
  const adder = room();
  await query(pointerIn(job), 'IDeliveryOptimizationJob', adder);
  const address = 'IDeliveryOptimizationJob::AddFileWithRanges';
  const path = join(folder, 'file.bin');
  await call(pointerIn(adder), address, 'id', url, path, 0, null, 0xffffffffffffffffn);
  release(pointerIn(adder));
  return pointerIn(job);
}

describe('JobError', () => {
  it('is called until it returns S_OK', async ({ control, server, folder }) => {
    const sink = new Sink((_told, times) => (times < 3 ? E_FAIL : 0));
    const url = server.serve('file', { content: Buffer.alloc(1), statuses: [404] });
    const job = await failingJob(sink, url, folder);
    await call(job, 'IBackgroundCopyJob::Resume');
    await expect.poll(() => sink.told.length).toBe(4);
    // Callbacks of a job come in order: the error is no longer repeated when another event comes.
    await call(job, 'IBackgroundCopyJob::SetNotifyFlags', errorAndModification);
    await call(job, 'IBackgroundCopyJob::SetNoProgressTimeout', 60);
    await expect.poll(() => sink.told).toContain('modification');
    expect(sink.told.filter((told) => told === 'error')).toHaveLength(4);
    expect(await readNumber(job, 'IBackgroundCopyJob::GetState')).toBe(4);

    const held = sink.references;
    await call(job, 'IBackgroundCopyJob::SetNotifyInterface', null);
    await expect.poll(() => sink.references).toBeLessThan(held);
    expect(await control.count('callbacks-held')).toBe(0);
    release(job);
  });
});
