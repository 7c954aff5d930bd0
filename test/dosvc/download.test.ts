// SPDX-License-Identifier: MIT
// Downloads through the stand-in, from the first call to the finished file.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileRange } from 'dosvc';
import { describe, expect } from 'vitest';
import { begin, it, reach, slowly } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

describe('a download through the stand-in', () => {
  it('fetches a file, which appears when the job is completed', async ({ server, folder, job }) => {
    const content = bytesOf(3_000_000);
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', { content }), path);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^DO.*\.tmp$/)]);

    const end = new Promise<void>((resolve) => job.once('transferred', resolve));
    await job.resume();
    await end;
    expect(await job.getState()).toBe('transferred');
    expect(existsSync(path)).toBe(false);
    expect(await job.complete()).toEqual({ code: 'S_OK', hresult: 0 });
    expect(await job.getState()).toBe('acknowledged');
    expect(readdirSync(folder)).toEqual(['file.bin']);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('fetches ranges, one after another', async ({ server, folder, job }) => {
    const content = bytesOf(100_000);
    const path = join(folder, 'file.bin');
    const ranges: FileRange[] = [
      { offset: 90_000, length: 'toEnd' },
      { offset: 100, length: 50 },
      { offset: 1000, length: 7 },
    ];
    await job.addFile(server.serve('file', { content }), path, { ranges });
    await job.resume();
    await reach(job, 'transferred');
    await job.complete();
    const wanted = [content.subarray(90_000), content.subarray(100, 150)];
    wanted.push(content.subarray(1000, 1007));
    expect(readFileSync(path).equals(Buffer.concat(wanted))).toBe(true);
  });

  it('stops, and continues where it stopped', async ({ server, folder, job }) => {
    const served = slowly(1_000_000);
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', served), path);
    await job.resume();
    await begin(job);
    await job.suspend();
    expect(await job.getState()).toBe('suspended');
    const { bytesTransferred } = await job.getProgress();
    expect(bytesTransferred).toBeLessThan(1_000_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await job.getProgress()).toMatchObject({ bytesTransferred });

    await job.resume();
    server.hurry();
    await reach(job, 'transferred');
    expect(server.asked.map(({ range }) => range)).toEqual([
      ...[undefined, 'bytes=0-999999'],
      `bytes=${String(bytesTransferred)}-999999`,
    ]);
    await job.complete();
    expect(readFileSync(path).equals(served.content)).toBe(true);
  });

  it('has the date of the server, unless the server gives none', async ({
    server,
    folder,
    job,
  }) => {
    const content = bytesOf(10);
    const lastModified = 'Wed, 21 Oct 2015 07:28:00 GMT';
    const begun = Math.floor(Date.now() / 2000) * 2000;
    await job.addFile(server.serve('one', { content, lastModified }), join(folder, 'one.bin'));
    const others = { two: {}, three: { lastModified: 'yesterday' } };
    for (const [name, headers] of Object.entries(others)) {
      const url = server.serve(name, { content, ...headers });
      await job.addFile(url, join(folder, `${name}.bin`));
    }
    await job.resume();
    await reach(job, 'transferred');
    await job.complete();
    const { mtimeMs, birthtimeMs } = statSync(join(folder, 'one.bin'));
    expect([mtimeMs, birthtimeMs]).toEqual([Date.parse(lastModified), Date.parse(lastModified)]);
    for (const name of ['two', 'three']) {
      expect(statSync(join(folder, `${name}.bin`)).mtimeMs).toBeGreaterThanOrEqual(begun);
    }
  });

  it('keeps only the finished files when it is completed halfway', async ({
    server,
    folder,
    job,
  }) => {
    const content = bytesOf(1000);
    await job.addFile(server.serve('one', { content }), join(folder, 'one.bin'));
    await job.addFile(server.serve('two', slowly(1_000_000)), join(folder, 'two.bin'));
    await job.resume();
    await expect.poll(async () => (await job.getProgress()).filesTransferred).toBe(1);
    const files = await job.enumFiles();
    await job.complete();
    expect(readdirSync(folder)).toEqual(['one.bin']);
    expect(await Promise.all(files.map((file) => file.getProgress()))).toMatchObject([
      { bytesTotal: 1000, bytesTransferred: 1000, completed: true },
      { completed: false },
    ]);
  });

  it('leaves nothing behind when it is cancelled', async ({ server, folder, control, job }) => {
    await job.addFile(server.serve('file', slowly(1_000_000)), join(folder, 'file.bin'));
    await job.resume();
    await begin(job);
    await job.cancel();
    expect(await job.getState()).toBe('cancelled');
    expect(readdirSync(folder)).toEqual([]);
    expect(await control.count('jobs')).toBe(0);
  });

  it('is one of many, of which several transfer at once, and all in the end', async ({
    server,
    folder,
    control,
    manager,
  }) => {
    const url = server.serve('file', slowly(200_000));
    const jobs = await Promise.all(
      Array.from({ length: 40 }, () => manager.createJob('one of many')),
    );
    for (const [at, job] of jobs.entries()) {
      await job.addFile(url, join(folder, `${String(at)}.bin`));
      await job.resume();
    }
    const states = await Promise.all(jobs.map((job) => job.getState()));
    expect(states.filter((state) => state === 'transferring').length).toBeGreaterThan(1);
    expect(states.filter((state) => state === 'queued').length).toBeGreaterThan(1);
    server.hurry();
    for (const job of jobs) await reach(job, 'transferred');
    await Promise.all(jobs.map((job) => job.complete()));
    expect(readdirSync(folder).filter((name) => name.endsWith('.bin')).length).toBe(40);
    expect(await control.count('jobs')).toBe(0);
  });
});
