// SPDX-License-Identifier: MIT
// Several jobs at once (test/endurance has hundreds), and many calls that the service holds: no job
// disturbs another.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { it } from '../stand-in/client/fixtures.js';
import { completeMany, pollIntervals } from '../scenarios/many-jobs.js';
import { bytesOf } from '../http/served.js';

describe('20 jobs at once', () => {
  it.for(pollIntervals)(
    'are transferred and completed, with one event each (a poll every %i ms)',
    (pollInterval, { control, folder, server }) =>
      completeMany({ control, folder, server }, 20, pollInterval),
  );
});

describe('two dozen calls that the service holds', () => {
  it('do not affect another job or block the event loop', async ({ control, manager, job }) => {
    const held = await Promise.all(
      Array.from({ length: 24 }, () => manager.createJob('one of the held')),
    );
    await control.setFault('IBackgroundCopyJob::SetPriority', 'hang', 24);
    let answered = 0;
    const hold = async (one: BackgroundCopyJob) => {
      await one.setPriority('low');
      answered++;
    };
    const calls = awaitedLater(Promise.all(held.map(hold)));
    await expect.poll(() => control.count('hanging')).toBe(24);

    // Alternate turns of the event loop with calls on the other job.
    for (let times = 0; times < 20; times++) {
      await new Promise((resolve) => setImmediate(resolve));
      await job.setPriority(times % 2 === 0 ? 'high' : 'foreground');
      expect(await job.getPriority()).toBe(times % 2 === 0 ? 'high' : 'foreground');
    }
    expect(await job.getState()).toBe('suspended');
    // New jobs work, too.
    const late = await manager.createJob('made meanwhile');
    await late.setPriority('low');
    expect(answered).toBe(0);
    expect(await control.count('hanging')).toBe(24);

    await control.letGo();
    await calls;
    expect(answered).toBe(24);
    expect(await Promise.all(held.map((one) => one.getPriority()))).toEqual(held.map(() => 'low'));
  });

  it('do not affect the transfer of another job', async ({
    control,
    folder,
    job,
    manager,
    server,
  }) => {
    const held = await Promise.all(
      Array.from({ length: 24 }, () => manager.createJob('one of the held')),
    );
    const content = bytesOf(1_000_000);
    await job.addFile(server.serve('file', { content }), join(folder, 'file.bin'));
    await control.setFault('IBackgroundCopyJob::GetState', 'hang', 24);
    const states = awaitedLater(Promise.all(held.map((one) => one.getState())));
    await expect.poll(() => control.count('hanging')).toBe(24);
    const heard: string[] = [];
    job.on('transferred', () => heard.push('transferred'));
    await job.resume();
    await job.wait();
    await job.complete();
    await expect.poll(() => heard).toEqual(['transferred']);
    expect(readFileSync(join(folder, 'file.bin')).equals(content)).toBe(true);
    expect(await control.count('hanging')).toBe(24);
    await control.letGo();
    expect(await states).toEqual(held.map(() => 'suspended'));
  });
});
