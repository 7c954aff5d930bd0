// SPDX-License-Identifier: MIT
// Jobs outlive the service's process, however it ends.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { Control } from '../stand-in/client/control.js';
import { begin, connect, it, reach, slowly } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

describe('a service that was killed', () => {
  it('restores every job, with all its settings', async ({ control, folder, manager, server }) => {
    const job = await manager.createJob('Zurück – 戻る\n');
    const ranges = [
      { offset: 5, length: 10 },
      { offset: 0, length: 2 },
    ];
    await job.addFile(server.serve('a', slowly(100)), join(folder, 'a.bin'), { ranges });
    await job.addFile(server.serve('b', slowly(100)), join(folder, 'b.bin'), { size: 100 });
    await job.setPriority('foreground');
    await job.setNotifyFlags(9);
    await job.setNoProgressTimeout(77);
    const { creationTime } = await job.getTimes();
    await control.kill();
    (await Control.connect()).close();

    await using later = await connect();
    const found = await later.getJob(job.id);
    expect(await found.getDisplayName()).toBe('Zurück – 戻る\n');
    expect(await found.getState()).toBe('suspended');
    expect(await found.getPriority()).toBe('foreground');
    expect(await found.getNotifyFlags()).toBe(9);
    expect(await found.getNoProgressTimeout()).toBe(77);
    expect((await found.getTimes()).creationTime).toEqual(creationTime);
    const files = await found.enumFiles();
    expect(await Promise.all(files.map((file) => file.getLocalName()))).toEqual([
      join(folder, 'a.bin'),
      join(folder, 'b.bin'),
    ]);
    expect(await found.getProgress()).toMatchObject({ bytesTotal: 112, filesTotal: 2 });
  });

  it('continues a transfer where it stopped, as soon as it restarts', async ({
    control,
    folder,
    job,
    server,
  }) => {
    const served = slowly(1_000_000);
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', served), path);
    await job.resume();
    await begin(job);
    await control.kill();
    (await Control.connect()).close();

    await using later = await connect();
    const found = await later.getJob(job.id);
    server.hurry();
    await reach(found, 'transferred');
    expect(server.asked.map(({ range }) => range)).toEqual([
      ...[undefined, 'bytes=0-999999'],
      expect.stringMatching(/^bytes=[1-9]\d*-999999$/),
    ]);
    await found.complete();
    expect(readFileSync(path).equals(served.content)).toBe(true);
  });

  it('keeps a completion that it did not answer', async ({ control, folder, job, server }) => {
    const served = { content: bytesOf(1000) };
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', served), path);
    await job.resume();
    await reach(job, 'transferred');
    await control.setFault('IBackgroundCopyJob::Complete', 'die-after');
    await expect(job.complete()).rejects.toThrow();
    const after = await Control.connect();
    // The job was completed: its file exists, and the job is gone.
    expect(await after.count('jobs')).toBe(0);
    expect(readFileSync(path).equals(served.content)).toBe(true);
    after.close();
  });
});
