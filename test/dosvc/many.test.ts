// SPDX-License-Identifier: MIT
// Many jobs and downloads at once, and many calls that the service holds: none disturbs another.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackgroundCopyManager, type BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { bytesOf } from '../http/served.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { howOften } from '../repetition/how-often.js';
import { it } from '../stand-in/client/downloads.js';
import { standIn } from '../stand-in/client/installation.js';

const jobs = howOften(20, 200);
const all = howOften(30, 300);

describe(`${String(jobs)} jobs at once`, () => {
  // One so long that events come from callbacks alone, and one with polls beside the callbacks.
  it.for([600_000, 500])(
    'are transferred and completed, with one event each (a poll every %i ms)',
    async (pollInterval, { control, folder, server }) => {
      await using manager = await BackgroundCopyManager.connect({ ...standIn, pollInterval });
      const heard = new Map<string, string[]>();
      const run = async (_: unknown, at: number) => {
        const job = await manager.createJob(`job ${String(at)}`);
        const events: string[] = [];
        heard.set(job.id, events);
        job.on('error', ({ code }) => events.push(code));
        const url = server.serve(String(at), { content: bytesOf(20_000, at + 1) });
        await job.addFile(url, join(folder, `${String(at)}.bin`));
        const end = new Promise<void>((resolve) => {
          job.on('transferred', () => {
            events.push('transferred');
            resolve();
          });
        });
        await job.resume();
        await Promise.all([end, job.wait()]);
        expect(await job.complete()).toMatchObject({ code: 'S_OK' });
        expect(await job.getState()).toBe('acknowledged');
      };
      await Promise.all(Array.from({ length: jobs }, run));
      expect([...heard.values()]).toEqual(Array.from({ length: jobs }, () => ['transferred']));
      expect(heard.size).toBe(jobs);
      expect(readdirSync(folder)).toHaveLength(jobs);
      for (let at = 0; at < jobs; at++) {
        const content = readFileSync(join(folder, `${String(at)}.bin`));
        expect(content.equals(bytesOf(20_000, at + 1))).toBe(true);
      }
      expect(await control.count('jobs')).toBe(0);
    },
  );
});

it(`${String(all)} downloads at once are created, waited for and finalized`, async ({
  control,
  downloads,
  folder,
  server,
}) => {
  const content = bytesOf(2000);
  const uri = server.serve('file', { content });
  const ended = await Promise.all(
    Array.from({ length: all }, async (_, at) => {
      const localPath = join(folder, `${String(at)}.bin`);
      const download = await downloads.createDownload({ uri, localPath });
      await download.start();
      await download.wait();
      await download.finalize();
      return readFileSync(localPath).equals(content);
    }),
  );
  expect(ended.filter((whole) => whole)).toHaveLength(all);
  expect(await control.count('downloads')).toBe(0);
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
